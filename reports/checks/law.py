"""What the general law says of money to give back: the principle, its article, its interest."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.interest import simple_interest
from backoffice.engine.periods import year_period
from backoffice.web.templatetags.labels import cited
from backoffice.web.templatetags.money import eur
from grants import general_law
from reports.checks.rule import Case
from reports.dossier import Check
from reports.lines import receipt_lines

_RATE, _DAYS = "law.legal_interest_rate", "law.interest_days_a_year"


def money_to_give_back(case: Case) -> Iterator[Check]:
    """More was received than is payable: the rest goes back, with interest where a text says so."""
    received = sum(line.amount for line in receipt_lines(case.facts, case.award))
    if case.claim.payable is None or received <= case.claim.payable:
        return
    principal = received - case.claim.payable
    yield Check(
        code="money_to_give_back",
        level="info",
        subject=f"give_back:{principal}",
        who=case.award.row.reference,
        month="",
        message=_("%(amount)s reçus en trop sont à rendre.%(interest)s")
        % {"amount": eur(principal), "interest": _interest(case, principal)},
        todo=_("Provisionnez ce montant, ou présentez d'autres coûts admissibles de l'exercice."),
        article=case.law("recovery"),
        amount=principal,
    )


def _interest(case: Case, principal: int) -> str:
    """What a whole year would cost at the rate of the day; nothing where no text was found."""
    try:
        found = general_law.reference("interest", case.award.scheme.authority, case.granted_on)
    except general_law.LawNotInForce:
        return ""
    if found.status == "missing":
        return ""
    figures, day = case.facts.known[case.claim.award.index].figures, case.facts.as_of
    try:
        rate, days = figures.on(_RATE, day, day), figures.on(_DAYS, day, day)
    except FigureNotDefined:
        words = _(" Ils portent intérêt au taux légal (%(article)s), à encoder : %(figure)s.")
        return words % {"article": cited(found.article), "figure": _RATE}
    year = [(year_period(2025), rate.exact)]  # any year of 365 days: what one year costs
    yearly = simple_interest(principal, year, int(days.exact))
    words = _(" Ils portent intérêt au taux légal (%(article)s) : %(yearly)s par année de retard.")
    return words % {"article": cited(found.article), "yearly": eur(yearly)}
