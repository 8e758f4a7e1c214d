"""The heads of an exported balance: which column is what, in French or Dutch."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from reports.exchange.folding import fold
from reports.exchange.problems import Problem
from reports.exchange.raw import Raw
from reports.tie_out.table import Table

_SEARCHED = 40
_UNIT = re.compile(r"\(.*?\)|€|\beuro?s?\b", re.IGNORECASE)
_SIGNS = re.compile(r"[^a-z0-9]")
_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "account": "compte comptes ncompte nocompte numcompte ndecompte numerodecompte "
        "numerocompte comptegeneral nocomptegeneral rekening rekeningen rekeningnr "
        "rekeningnummer algemenerekening nrrekening",
        "label": "intitule intituleducompte libelle libelleducompte libellecompte nomducompte "
        "omschrijving benaming naam rekeningomschrijving",
        "analytical": "analytique compteanalytique codeanalytique sectionanalytique section "
        "axeanalytique centredecout centredecouts centredefrais kostenplaats kostenplaatsen "
        "analytisch analytischerekening",
        "debit": "debit debits montantdebit totaldebit mouvementdebit mouvementsdebit debet "
        "totaaldebet bewegingdebet",
        "credit": "credit credits montantcredit totalcredit mouvementcredit mouvementscredit "
        "totaalcredit bewegingcredit",
        "debit_balance": "soldedebiteur soldesdebiteurs soldedebit debetsaldo saldodebet",
        "credit_balance": "soldecrediteur soldescrediteurs soldecredit creditsaldo saldocredit",
        "balance": "solde soldefinal solden soldesigne saldo eindsaldo",
    }
)
_FIELDS = MappingProxyType({word: field for field, text in _WORDS.items() for word in text.split()})
_PAIRS = (("debit_balance", "credit_balance"), ("debit", "credit"))


@dataclass(frozen=True)
class Heads:
    """Where each field stands: index of its column; `row` is the index of the row of heads.

    Two columns may claim one field; `doubled` holds the second ones.
    """

    table: Table
    row: int
    places: Mapping[str, int]
    doubled: tuple[int, ...]

    @property
    def pair(self) -> tuple[str, str] | None:
        """The two columns of amounts: closing balances before movements, for those are partial."""
        return next((pair for pair in _PAIRS if set(pair) <= self.places.keys()), None)

    @property
    def is_enough(self) -> bool:
        """An account and what stands on it."""
        return "account" in self.places and bool(self.pair or "balance" in self.places)

    def letter(self, field: str) -> str:
        """The letter of a column, as a spreadsheet shows it; empty when it is not there."""
        return xl_col_to_name(self.places[field]) if field in self.places else ""


def find_heads(tables: Sequence[Table]) -> Heads | Problem:
    """The first row of any sheet that says enough, or what the likeliest one lacks."""
    found = [
        heads_of(table, index)
        for table in tables
        for index in range(min(len(table.rows), _SEARCHED))
    ]
    enough = next((heads for heads in found if heads.is_enough), None)
    if enough is None:
        return _missing(max(found, key=lambda heads: len(heads.places), default=None))
    if enough.doubled:
        return _doubled(enough)
    return enough


def heads_of(table: Table, row: int) -> Heads:
    """The fields that one row names."""
    places: dict[str, int] = {}
    doubled: list[int] = []
    for index, raw in enumerate(table.rows[row]):
        field = _FIELDS.get(_plain(raw))
        if field in places:
            doubled.append(index)
        elif field is not None:
            places[field] = index
    return Heads(table, row, places, tuple(doubled))


def _plain(raw: Raw) -> str:
    return _SIGNS.sub("", fold(_UNIT.sub("", raw))) if isinstance(raw, str) else ""


def _missing(likeliest: Heads | None) -> Problem:
    there = likeliest.places.keys() if likeliest else set[str]()
    lacks = [] if "account" in there else [_("le compte (« Compte » ou « Rekening »)")]
    if not (likeliest and (likeliest.pair or "balance" in there)):
        lacks.append(
            _("les montants (« Débit » et « Crédit », « Debet » et « Credit », ou « Solde »)")
        )
    known = likeliest is not None and bool(there)
    return Problem(
        "missing_heads",
        _("Aucune ligne de titres ne nomme %(lacks)s.") % {"lacks": _(" ni ").join(lacks)},
        _("Exportez la balance avec ses titres de colonnes, en français ou en néerlandais."),
        sheet=likeliest.table.title if likeliest and known else "",
        row=likeliest.row + 1 if likeliest and known else None,
    )


def _doubled(heads: Heads) -> Problem:
    index = heads.doubled[0]
    return Problem(
        "doubled_head",
        _("Deux colonnes ont le même titre, ou deux titres qui disent la même chose."),
        _("Gardez une seule des deux colonnes."),
        field=str(heads.table.rows[heads.row][index]).strip()[:60],
        sheet=heads.table.title,
        row=heads.row + 1,
        column=xl_col_to_name(index),
    )
