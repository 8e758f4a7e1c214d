"""What the commands on justifications share: the organisation and the dossier asked for."""

import re
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.federation.console import day, refusal, required
from backoffice.federation.files import cause
from backoffice.federation.models import Organisation
from grants.models import Award
from reports.dossier import Dossier
from reports.justifications import award_dossier, year_dossiers, years_of
from reports.scenarios.ready import library, library_text
from reports.scenarios.toml.reading import NotAScenario

_SPAN = re.compile(r"((?:19|20)\d\d)(?:-((?:19|20)\d\d))?", re.ASCII)
_MOST_YEARS = 30
_YEAR = re.compile(r"(19|20)\d\d", re.ASCII)


def add_language_argument(parser: CommandParser) -> None:
    """The option that says in which language files and sentences are written."""
    parser.add_argument(
        "--language",
        choices=[code for code, _name in settings.LANGUAGES],
        default=settings.LANGUAGE_CODE,
        help="langue des fichiers et des phrases (fr)",
    )


def add_award_arguments(parser: CommandParser) -> None:
    """The options that name one justification."""
    parser.add_argument("--organisation", metavar="BCE", help="numéro d'entreprise, dix chiffres")
    parser.add_argument("--award", metavar="REF", help="référence de la subvention")
    parser.add_argument("--year", metavar="AAAA", help="exercice")
    parser.add_argument("--as-of", metavar="AAAA-MM-JJ", help="situation à ce jour (aujourd'hui)")


def organisation_of(written: str | None) -> Organisation:
    """The organisation with an enterprise number."""
    number = required("--organisation", written).replace(".", "").replace(" ", "")
    try:
        return Organisation.objects.get(enterprise_number=number)
    except Organisation.DoesNotExist:
        raise refusal(
            f"Aucune organisation n'a le numéro d'entreprise « {number} » : importez d'abord son "
            "classeur avec « import »."
        ) from None


def year_of(written: str | None, option: str = "--year") -> int:
    """A year of four digits."""
    text = required(option, written)
    if not _YEAR.fullmatch(text):
        raise refusal(f"{option} : « {text} » n'est pas une année écrite AAAA.")
    return int(text)


def as_of(written: str | None) -> date:
    """The day of the statement: today unless said otherwise."""
    return day("--as-of", written) if written else timezone.localdate()


def dossier_asked(options: dict[str, str | None]) -> Dossier:
    """The justification that the options name."""
    organisation = organisation_of(options["organisation"])
    reference, year = required("--award", options["award"]), year_of(options["year"])
    try:
        return award_dossier(organisation, reference, year, as_of(options["as_of"]))
    except Award.DoesNotExist:
        known = ", ".join(
            organisation.awards.order_by("reference").values_list("reference", flat=True)
        )
        years = ", ".join(str(one) for one in years_of(organisation))
        raise refusal(
            f"La subvention « {reference} » n'existe pas pour {year}. Subventions de cette "
            f"organisation : {known or 'aucune'} ; années avec des données : {years or 'aucune'}."
        ) from None


def year_asked(options: dict[str, str | None]) -> tuple[Dossier, ...]:
    """The justifications of the employer-year that the options name, at least one."""
    organisation, year = organisation_of(options["organisation"]), year_of(options["year"])
    dossiers = year_dossiers(organisation, year, as_of(options["as_of"]))
    if not dossiers:
        years = ", ".join(str(one) for one in years_of(organisation))
        raise refusal(
            f"Aucune subvention de cette organisation ne touche {year} ; années avec des "
            f"données : {years or 'aucune'}."
        )
    return dossiers


def span_of(written: str | None) -> tuple[int, int]:
    """The first and last year of `--years`, thirty at most."""
    text = required("--years", written)
    match = _SPAN.fullmatch(text)
    if match is None:
        raise refusal(_("--years : « %s » n'est pas écrit AAAA-AAAA, comme 2026-2030.") % text[:40])
    first, last = int(match[1]), int(match[2] or match[1])
    words = {"first": first, "last": last, "most": first + _MOST_YEARS - 1}
    if last < first:
        raise refusal(
            _("--years : %(last)s est avant %(first)s ; écrivez la première année d'abord.") % words
        )
    if last > words["most"]:
        raise refusal(
            _("--years : de %(first)s à %(last)s, c'est trop long ; finissez en %(most)s au plus.")
            % words
        )
    return first, last


def scenario_text(path: str) -> str:
    """The text of a scenario: of the library by its name, else of a file.

    Raises:
        NotAScenario: the file cannot be read.
    """
    if path in library():
        return library_text(path)
    try:
        return Path(path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise NotAScenario(
            _("ce fichier n'est pas un texte en UTF-8 : enregistrez-le ainsi.")
        ) from None
    except OSError as error:
        raise NotAScenario(
            _("ce fichier ne peut pas être lu (%s) : vérifiez son nom, ou celui du scénario.")
            % cause(error)
        ) from None
