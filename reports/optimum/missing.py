"""What a year lacks for its hours to be allocated, and where it is entered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from grants.models import Post
from grants.selectors import awards_of_year
from reports.board.lens import MOST_YEARS
from reports.views.scope import Scope
from staffing.models import ContractLine, PayMonth


@dataclass(frozen=True)
class Missing:
    """A sentence on what is not there, and the pages that lead on: their names and addresses."""

    words: str
    links: tuple[tuple[str, str], ...]


def missing_in(scope: Scope, year: int) -> Iterator[Missing]:
    """What must be there before a year of an organisation can be allocated; four queries."""
    words, days = {"year": year}, (date(year, 1, 1), date(year, 12, 31))
    awards = [award.pk for award in awards_of_year(scope.own, year)]
    of_service = {"worker__organisation": scope.own}
    if not awards:
        carry = (_("Reconduire les subventions vers %(year)s") % words, _rollover(scope, year))
        yield Missing(
            _("Aucune subvention ne court en %(year)s.") % words,
            (_page(scope, "awards", _("Encoder une subvention")), carry),
        )
    elif not Post.objects.filter(_touching(days), award__in=awards).exists():
        yield Missing(
            _("Aucune subvention de %(year)s n'a de poste : les heures se répartissent par poste.")
            % words,
            (_page(scope, "posts", _("Encoder les postes")),),
        )
    if not ContractLine.objects.filter(_touching(days), **of_service).exists():
        yield Missing(
            _("Aucun contrat ne court en %(year)s.") % words,
            (_page(scope, "contract_lines", _("Encoder les contrats")),),
        )
    if not PayMonth.objects.filter(month__range=days, **of_service).exists():
        yield Missing(
            _(
                "Aucun mois de paie n'est encodé pour %(year)s : cette page ne répartit que des "
                "mois payés."
            )
            % words,
            (*_imports(scope), *_projected(scope, year)),
        )


def _touching(days: tuple[date, date]) -> Q:
    return Q(starts_on__lte=days[1]) & (Q(ends_on__isnull=True) | Q(ends_on__gte=days[0]))


def _page(scope: Scope, name: str, words: str) -> tuple[str, str]:
    return words, reverse(name) + scope.query


def _imports(scope: Scope) -> Iterator[tuple[str, str]]:
    if "import" in scope.rights:
        yield _page(scope, "imports", _("Importer la paie"))


def _rollover(scope: Scope, year: int) -> str:
    carried = f"&{scope.carried}" if scope.carried else ""
    return f"{reverse('rollover')}?annee={year}{carried}"


def _projected(scope: Scope, year: int) -> Iterator[tuple[str, str]]:
    """The projection of a year to come, which needs no pay."""
    this = scope.as_of.year
    if this <= year < this + MOST_YEARS:
        asked = urlencode({"de": this, "a": year, "cote": 0, "annee": year})
        carried = f"{scope.carried}&" if scope.carried else ""
        yield (
            _("Voir la meilleure répartition projetée de %(year)s") % {"year": year},
            f"{reverse('scenario_optimum')}?{carried}{asked}",
        )
