"""The French words of the radar, and its JSON."""

from typing import Any

from django.utils.translation import gettext as _

from backoffice.engine import money
from backoffice.engine.periods import month_text
from backoffice.web.words import Spoken
from reports.radar.content import Claimant, Finding, Radar, ToneTotal

FORMAT, FORMAT_VERSION = "radar", 1
KINDS = Spoken(
    {
        "month": "Mois de paie demandé au-delà de son coût",
        "hours": "Mêmes heures pour plusieurs subventions",
        "piece": "Pièce demandée au-delà de son montant",
        "number": "Même numéro de facture sous deux pièces",
    }
)
AMOUNTS = Spoken(
    {
        "forbidden": "à retirer",
        "suspicious": "en jeu",
        "allowed": "sur les mêmes heures",
    }
)


def claimant_text(claimant: Claimant, year: int) -> str:
    """An award, with its exercise when it is another one, and whether it has left the house."""
    words = claimant.reference
    if claimant.year != year:
        words = f"{words} ({claimant.year})"
    if claimant.version is not None:
        words = _("%(award)s, envoyée v%(version)s") % {
            "award": words,
            "version": claimant.version,
        }
    return words


def radar_json(found: Radar) -> dict[str, Any]:
    """A radar as plain values: euros and hours as texts, months as "YYYY-MM", unknown as null."""
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "organisation": found.organisation,
        "enterprise_number": found.enterprise_number,
        "demo": found.demo,
        "year": found.year,
        "looked_at": {"months": found.cells, "pieces": found.pieces, "split_pieces": found.split},
        "unknown_awards": list(found.unknown),
        "totals": totals_json(found.totals),
        "findings": [_finding(finding) for finding in found.findings],
    }


def totals_json(totals: tuple[ToneTotal, ...]) -> dict[str, Any]:
    """Counts and euros by word."""
    return {
        one.tone: {"count": one.count, "amount": money.text(one.amount), "unknown": one.unknown}
        for one in totals
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "tone": finding.tone,
        "who": finding.who,
        "others": list(finding.others),
        "month": month_text(finding.month),
        "claims": [
            {
                "award": claimant.reference,
                "year": claimant.year,
                "scheme": claimant.scheme,
                "sent_version": claimant.version,
                "amount": _text(amount),
            }
            for claimant, amount in finding.claims
        ],
        "hours_a_week": _text(finding.hours),
        "cost": _text(finding.cost),
        "amount": _text(finding.amount),
        "article": finding.article,
        "status": finding.status,
    }


def _text(value: int | None) -> str | None:
    return None if value is None else money.text(value)
