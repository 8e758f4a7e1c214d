"""Rules about awards and invoices: terms that can be read, shares that do not exceed the whole."""

from collections.abc import Iterator
from fractions import Fraction

from backoffice.figures.vocabulary import outside_payroll
from backoffice.web.sentences import gettext as _
from grants.scheme import Scheme, schemes
from grants.terms import TERMS, BadTerm, TermKind, read_term
from reports.exchange.choices import REGIMES
from reports.exchange.numbers import share_of
from reports.exchange.problems import Problem
from reports.exchange.rules.facts import Fact, Facts

SMALLEST_USUAL_SHARE = Fraction(1, 100)


def unreadable_terms(facts: Facts) -> Iterator[Problem]:
    """A term whose value is not written as its kind wants."""
    offered = {
        fact.values.get("reference"): schemes().get(str(fact.values.get("scheme")))
        for fact in facts.merged("awards")
    }
    for line in facts.lines("terms"):
        code, value = line.values.get("code"), line.values.get("value")
        if not isinstance(code, str) or not isinstance(value, str):
            continue
        try:
            _read_term(code, value, offered.get(line.values.get("award")))
        except BadTerm as error:
            yield line.problem(
                "unreadable_term",
                "value",
                str(error),
                _("Recopiez la valeur de la lettre : %(example)s.") % {"example": _example(code)},
            )


def _read_term(code: str, value: str, scheme: Scheme | None) -> None:
    read_term(code, value, scheme.choices_of(code) if scheme else None)
    if TERMS[code].kind is TermKind.REGIME and value not in REGIMES:
        raise BadTerm(_("« %(text)s » n'est pas un régime d'indexation.") % {"text": value})


def _example(code: str) -> str:
    return {
        TermKind.EUR: "46607,60",
        TermKind.RATIO: "95 %",
        TermKind.NUMBER: "2",
        TermKind.DAY: "2025-06-30",
        TermKind.YES_NO: "oui",
        TermKind.REGIME: ", ".join(REGIMES),
    }.get(TERMS[code].kind, "")


def shares_above_whole(facts: Facts) -> Iterator[Problem]:
    """The shares of one invoice exceed 100 %, exactly; shares already stored count."""
    shares: dict[object, list[Fact]] = {}
    for fact in facts.merged("ventilation"):
        if fact.values.get("share") is not None and fact.values.get("award") is not None:
            shares.setdefault(fact.values.get("invoice"), []).append(fact)
    for found in shares.values():
        total = sum((share_of(fact.values["share"]) for fact in found), Fraction(0))
        written = [fact.line for fact in found if fact.line]
        if total <= 1 or not written:
            continue
        stored = [str(fact.values["award"]) for fact in found if fact.line is None]
        todo = _("Diminuez une part.")
        if stored:
            todo += " " + _("Déjà enregistré pour cette pièce : %(awards)s.") % {
                "awards": ", ".join(stored)
            }
        yield written[-1].problem(
            "shares_above_whole",
            "share",
            _("Les parts de cette pièce font %(total)s %%, plus de 100 %%.")
            % {"total": _percent(total)},
            todo,
        )


def _percent(share: Fraction) -> str:
    """Percents with two decimals, rounded up: never shown as 100 when it is more."""
    hundredths = -(-share.numerator * 10000 // share.denominator)
    return f"{hundredths // 100},{hundredths % 100:02d}"


def tiny_shares(facts: Facts) -> Iterator[Problem]:
    """A share below 1 %: perhaps 0.98 was written for 98 %."""
    for line in facts.lines("ventilation"):
        share = line.values.get("share")
        if share is not None and share_of(share) < SMALLEST_USUAL_SHARE:
            yield line.problem(
                "tiny_share",
                "share",
                _("Cette part est plus petite que 1 %."),
                _("Écrivez 98 pour 98 % ; laissez si la part est vraiment si petite."),
                blocking=False,
            )


def unnamed_people(facts: Facts) -> Iterator[Problem]:
    """An invoice for someone outside the payroll that does not say who, or in which function."""
    for line in facts.lines("invoices"):
        if line.values.get("category") not in outside_payroll():
            continue
        blank = next((code for code in ("person", "function") if not line.has(code)), None)
        if blank is not None:
            yield line.problem(
                "outside_payroll_unnamed",
                blank,
                _("Cette facture paie quelqu'un hors paie, sans dire qui ou dans quelle fonction."),
                _("Complétez la personne et la fonction : elles figurent dans la justification."),
                blocking=False,
            )
