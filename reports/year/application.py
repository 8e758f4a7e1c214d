"""Building the file of one application: identity, team, every public subsidy, budget, remarks.

The identity block is the one of the decree COCOF of 5 March 2009, art. 64 § 2.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from backoffice.engine import money
from backoffice.federation.models import Organisation, Site
from backoffice.web.templatetags.money import eur
from grants.models import Application
from reports.year.content import ApplicationFile, Asked, Identity, Label, Place
from reports.year.public_money import (
    STATES,
    PublicMoney,
    funder_words,
    public_money,
    scheme_label,
)
from reports.year.team import team_of

_PLACES: dict[str, Label] = {
    Site.Kind.SEAT: {"fr": "siège", "nl": "zetel"},
    Site.Kind.ANTENNA: {"fr": "antenne", "nl": "antenne"},
}


def application_file(
    organisation: Organisation, reference: str, as_of: date | None, today: date
) -> ApplicationFile:
    """One application as it stands on a day, in a constant number of queries.

    Args:
        organisation: who asks.
        reference: that of the application.
        as_of: the day to look from; None is the day of the application.
        today: the day that stands in for that of an application not yet sent.

    Raises:
        Application.DoesNotExist: the organisation has no such application.
    """
    row = Application.objects.select_related("approval", "award").get(
        organisation=organisation, reference=reference
    )
    sent_on = None if row.state == Application.State.DRAFT else row.asked_on
    known_on = as_of or sent_on or today
    found = public_money(organisation, row.year, known_on)
    own = {row.reference, row.award.reference if row.award else row.reference}
    own |= {award for award, one in found.pairs.answered.items() if one == row.reference}
    made = ApplicationFile(
        asked=_asked(row),
        identity=_identity(organisation, row),
        as_of=known_on,
        demo=organisation.is_demo,
        team=team_of(row, known_on),
        subsidies=tuple(replace(one, own=one.reference in own) for one in found.subsidies),
        totals=found.totals,
        budget=found.budget,
        remarks=(),
    )
    return replace(made, remarks=(*_gaps(made), *budget_remarks(found, row.year)))


def _asked(row: Application) -> Asked:
    return Asked(
        reference=row.reference,
        year=row.year,
        funder=funder_words(row.scheme, row.funder),
        scheme_code=row.scheme,
        scheme=scheme_label(row.scheme, row.label),
        label=row.label,
        amount=None if row.amount is None else money.cents(row.amount.amount),
        state=row.state,
        state_label=STATES[row.state],
        asked_on=row.asked_on,
        award=row.award.reference if row.award else "",
    )


def _identity(organisation: Organisation, row: Application) -> Identity:
    approval, first = row.approval, date(row.year, 1, 1)
    sites = [] if approval is None else list(approval.sites.order_by("-kind", "code"))
    return Identity(
        organisation=organisation.name,
        legal_form=str(organisation.get_legal_form_display()),
        enterprise_number=organisation.enterprise_number,
        address=organisation.address,
        iban=organisation.iban,
        representative=organisation.contact,
        service="" if approval is None else approval.name,
        approval="" if approval is None else f"{approval.kind} {approval.reference}".strip(),
        places=tuple(
            Place(_PLACES[site.kind], site.name, site.address)
            for site in sites
            if site.ends_on is None or site.ends_on >= first
        ),
    )


def _gaps(made: ApplicationFile) -> Iterator[str]:
    """What the funder asks for and nobody has filled in."""
    identity = made.identity
    for name, text in (
        (_("L'adresse"), identity.address),
        (_("Le compte bancaire"), identity.iban),
        (_("Le représentant"), identity.representative),
    ):
        if not text:
            yield _("%(name)s de l'association manque.") % {"name": name}
    if not made.team.frame_known:
        yield _("Le cadre agréé n'est pas encodé : il est inconnu.")
    if not made.team.award:
        yield _(
            "Les ETP demandés sont inconnus : la demande ne nomme pas la subvention dont les "
            "postes sont demandés."
        )


def budget_remarks(found: PublicMoney, year: int) -> Iterator[str]:
    """What the budget and the list of subsidies say differently, and a gap in the budget."""
    budget = found.budget
    for award, application in sorted(found.pairs.again.items()):
        words = _(
            "%(award)s, dont le montant %(year)d n'est pas notifié, est comprise dans la demande "
            "%(application)s."
        )
        yield words % {"award": award, "year": year, "application": application}
    held = {line.reference: line for line in found.subsidies}
    for award, application in sorted(found.pairs.answered.items()):
        words = _(
            "%(award)s (%(granted)s accordés) paraît répondre à la demande %(application)s "
            "(%(requested)s demandés) et n'est comptée qu'une fois : si c'est la même, liez la "
            "demande à cette subvention."
        )
        yield words % {
            "award": award,
            "granted": eur(held[award].amount),
            "application": application,
            "requested": eur(held[award].requested),
        }
    if not budget.rows:
        yield _("Le budget %(year)d n'est pas encodé.") % {"year": year}
        return
    if budget.result:
        words = (
            _("Le budget prévoit un déficit de %(gap)s : cette recette reste à trouver.")
            if budget.result < 0
            else _("Le budget prévoit un excédent de %(gap)s.")
        )
        yield words % {"gap": eur(abs(budget.result))}
    for line in found.subsidies:
        if line.budgeted is None:
            yield _("%(reference)s n'apparaît pas au budget.") % {"reference": line.reference}
        elif line.amount is not None and line.amount != line.budgeted:
            yield _("%(reference)s : %(amount)s dans la liste, %(budgeted)s au budget.") % {
                "reference": line.reference,
                "amount": eur(line.amount),
                "budgeted": eur(line.budgeted),
            }
