"""The pages that a task may be about: dossiers, awards, open deadlines of a service."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import F
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from backoffice.federation.models import Organisation
from grants.models import Award, Deadline
from reports.justifications import years_of

Choice = tuple[str, str]
"""The address of a page of this site, and its words."""


def subjects_of(organisation: Organisation, today: date) -> list[tuple[str, list[Choice]]]:
    """The pages of a service by kind; the queries do not grow with their number."""
    awards = list(organisation.awards.order_by("reference"))
    years = sorted({*years_of(organisation), today.year - 1, today.year}, reverse=True)
    return [
        (_("Dossiers"), list(_dossiers(awards, years))),
        (_("Subventions"), [_award(award) for award in awards]),
        (_("Échéances à faire"), list(_deadlines(organisation))),
    ]


def _dossiers(awards: Sequence[Award], years: Sequence[int]) -> Iterator[Choice]:
    for award in awards:
        for year in years:
            if award.starts_on.year <= year and (not award.ends_on or year <= award.ends_on.year):
                words = _("%(award)s, exercice %(year)s")
                address = reverse("justification", args=[award.reference, year])
                yield address, words % {"award": award.reference, "year": year}


def _award(award: Award) -> Choice:
    words = f"{award.reference}, {award.label}"
    return reverse("record_row", args=["awards", award.pk]), words


def _deadlines(organisation: Organisation) -> Iterator[Choice]:
    label = "label_nl" if get_language() == "nl" else "label_fr"
    rows = Deadline.objects.filter(award__organisation=organisation, state=Deadline.State.OPEN)
    found = rows.order_by("due_on", "pk").annotate(reference=F("award__reference"))
    for pk, due_on, reference, words in found.values_list("pk", "due_on", "reference", label):
        yield reverse("deadline", args=[pk]), f"{due_on:%d/%m/%Y} {reference}, {words}"
