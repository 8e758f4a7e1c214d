"""What a justification is compared with: the exercise before, or a version before."""

import json
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from grants.models import Award
from reports.dossier import Dossier
from reports.justifications import award_dossier
from reports.models import Justification
from reports.pseudonyms import named, people_of
from reports.workflow.compared import Comparison
from reports.workflow.comparing import compare, compare_years
from reports.workflow.content import Document, document_of, unsaid


@dataclass(frozen=True)
class Choice:
    """A version that one may compare with."""

    version: int
    label: str
    chosen: bool


@dataclass(frozen=True)
class Compared:
    """Two justifications side by side; `comparison` is None when there is nothing to compare."""

    title: str
    before: str
    after: str
    comparison: Comparison | None
    choices: tuple[Choice, ...] = ()


def with_year_before(award: Award, dossier: Dossier, as_of: date) -> Compared:
    """The exercise with the one before: of the same award, or of the one that it renews.

    The frozen version of the exercise before, or else its situation on the same day.
    """
    year = dossier.cover.year
    title = _("Comparaison avec l'exercice précédent")
    after = _("exercice %(year)d") % {"year": year}
    found = _year_before(award, year - 1, as_of)
    if found is None:
        return Compared(title, "", after, None)
    document, said = found
    return Compared(title, said, after, compare_years(document, document_of(dossier)))


def _year_before(award: Award, year: int, as_of: date) -> tuple[Document, str] | None:
    before = award if award.starts_on.year <= year else award.renews
    if before is None:
        return None
    row = standing_versions(before, year).last()
    if row is not None:
        said = _("%(reference)s, exercice %(year)d, version %(version)d figée")
        words = {"reference": before.reference, "year": year, "version": row.version}
        return _read(row), said % words
    try:
        dossier = award_dossier(award.organisation, before.reference, year, as_of)
    except Award.DoesNotExist:
        return None
    said = _("%(reference)s, exercice %(year)d, brouillon du jour")
    return document_of(dossier), said % {"reference": before.reference, "year": year}


def with_version(award: Award, dossier: Dossier, wanted: int | None) -> Compared:
    """The situation shown with a frozen version: the one asked for, or the last."""
    rows = list(standing_versions(award, dossier.cover.year))
    title = _("Comparaison avec une version précédente")
    after = _("situation au %s") % f"{dossier.cover.as_of:%d/%m/%Y}"
    chosen = next((row for row in rows if row.version == wanted), rows[-1] if rows else None)
    if chosen is None:
        return Compared(title, "", after, None)
    choices = tuple(Choice(row.version, _version_words(row), row is chosen) for row in rows)
    found = compare(unsaid(_read(chosen)), document_of(dossier))
    return Compared(title, _version_words(chosen), after, found, choices)


def _read(version: Justification) -> Document:
    """A frozen document with the names of today in the place of its pseudonyms."""
    return named(people_of(version.award.organisation), json.loads(version.text))


def standing_versions(award: Award, year: int) -> QuerySet[Justification]:
    """The frozen versions of an exercise, oldest first, without those that were unlocked."""
    rows = Justification.objects.filter(award=award, year=year, withdrawn_at=None)
    return rows.select_related("award__organisation").order_by("version")


def _version_words(row: Justification) -> str:
    return _("version %(version)d, figée le %(day)s") % {
        "version": row.version,
        "day": f"{timezone.localtime(row.frozen_at):%d/%m/%Y}",
    }
