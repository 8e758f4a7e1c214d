"""Rules about the file of a worker and the DmfA: what a document can prove, hours of a week."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from backoffice.web.sentences import gettext as _
from reports.exchange.lines import Line
from reports.exchange.problems import Problem
from reports.exchange.rules.facts import Facts
from reports.exchange.sheets import COVER, COVER_TITLE
from staffing.models import WorkerDocument
from staffing.models.declarations import HOURS_OF_A_WEEK

_PROVES = {"level": WorkerDocument.Kind.DIPLOMA, "months": WorkerDocument.Kind.SENIORITY}


def proof_of_another_document(facts: Facts) -> Iterator[Problem]:
    """A diploma level on what is no diploma, or months on what is no seniority attestation."""
    for line in facts.lines("worker_documents"):
        for column, kind in _PROVES.items():
            if line.has("kind", column) and line.values["kind"] != kind:
                message = _("Cette cellule n'est que pour la nature « %(kind)s ».")
                yield line.problem(
                    "proof_of_another_document",
                    column,
                    message % {"kind": kind.label},
                    _("Videz la cellule, ou corrigez la nature du document."),
                )


def document_days_in_disorder(facts: Facts) -> Iterator[Problem]:
    """A document that ends, is received or is transmitted before the day that it bears."""
    for line in facts.lines("worker_documents"):
        dated = line.values.get("dated_on")
        for column in ("received_on", "valid_until", "transmitted_on"):
            other = line.values.get(column)
            if isinstance(dated, date) and isinstance(other, date) and other < dated:
                yield line.problem(
                    "dates_reversed",
                    column,
                    _("Cette date précède celle du document (%(day)s).")
                    % {"day": f"{dated:%d/%m/%Y}"},
                    _("Corrigez une des deux dates."),
                )


def hours_over_a_week(facts: Facts) -> Iterator[Problem]:
    """Funded hours that no week has."""
    for line in facts.lines("dmfa"):
        hours = line.values.get("funded_hours")
        if isinstance(hours, Decimal) and hours > HOURS_OF_A_WEEK:
            yield line.problem(
                "hours_over_a_week",
                "funded_hours",
                _("Une semaine n'a que %(most)d heures.") % {"most": HOURS_OF_A_WEEK},
                _("Écrivez les heures par semaine, non celles du trimestre."),
            )


def quarter_of_the_year(facts: Facts) -> Iterator[Problem]:
    """A quarter of another year than the cover's."""
    year = facts.reading.cover.year
    for line in facts.lines("dmfa"):
        if year and _of_another_year(line, year):
            yield line.problem(
                "other_year",
                "quarter",
                _("Ce trimestre n'est pas de l'année de la couverture (%(year)d).")
                % {"year": year},
                _("Corrigez le trimestre, ou « %(label)s » de la feuille %(title)s.")
                % {"label": COVER["year"], "title": COVER_TITLE},
            )


def _of_another_year(line: Line, year: int) -> bool:
    quarter = line.values.get("quarter")
    return isinstance(quarter, date) and quarter.year != year
