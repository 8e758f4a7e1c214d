"""The premium of a post: its rate, and the years paid provisionally at that of another one."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from backoffice.engine.sheet import FigureUse
from backoffice.web.templatetags.labels import said
from grants.terms import TERMS
from reports.checks.rule import Case
from reports.documents.words import figure_text
from reports.dossier import Check


def premium_provisional(case: Case) -> Iterator[Check]:
    """Two sources disagree: premiums follow the index, and provisional credits freeze them.

    Whichever the award follows, a person compares it with the agreement.
    """
    rule = case.award.scheme.options.get("provisional")
    if rule is None or case.facts.year not in rule["years"]:
        return
    known, name = case.facts.known[case.claim.award.index], case.claim.award.premium
    now = known.use_if_any(name, case.award.exercise.stop - timedelta(days=1))
    before = known.use_if_any(name, date(rule["of"], 12, 31))
    if now is None:
        return
    if before is None:
        message = _("La prime est de %(now)s ; celle de %(year)s n'est pas encodée ici.")
    elif now[0] == before[0]:
        message = _(
            "La prime (%(now)s) est celle de %(year)s, alors qu'elle suit en principe l'index de "
            "la fonction publique."
        )
    else:
        message = _(
            "La prime (%(now)s) diffère de celle de %(year)s (%(before)s), alors que les crédits "
            "provisoires paient les montants de %(year)s sans index."
        )
    texts = {"now": figure_text(now[1]), "before": figure_text(before[1]) if before else "?"}
    yield Check(
        code="premium_provisional",
        level="warning",
        subject=f"provisional:{now[1].text}/{before[1].text if before else '?'}",
        who=case.award.row.reference,
        month="",
        message=message % {**texts, "year": rule["of"]},
        todo=_("Comparez avec la convention et les tranches reçues, puis acceptez nommément."),
        article=rule["article"],
    )


def premium_rate_below(case: Case) -> Iterator[Check]:
    """The letter gives a rate below the one that every association has (95 % for ACS)."""
    day = case.award.exercise.stop - timedelta(days=1)
    code = f"{case.award.scheme.code}.premium_rate"
    known = case.facts.known[case.claim.award.index]
    rate = known.use_if_any("premium_rate", day)
    base = {figure.code: figure for figure in case.award.scheme.figures}.get(code)
    if rate is None or base is None or rate[0] >= base.on(day).exact:
        return
    least = FigureUse.of(base, base.on(day))
    yield Check(
        code="premium_rate_below",
        level="warning",
        subject=f"premium_rate:{rate[1].text}",
        who=case.award.row.reference,
        month="",
        message=_("Le taux de la prime (%(rate)s) est plus bas que le taux de base (%(least)s).")
        % {"rate": figure_text(rate[1]), "least": figure_text(least)},
        todo=_("Vérifiez le terme « %(term)s » d'après la convention, puis acceptez.")
        % {"term": said(TERMS["premium_rate"].words)},
        article=least.source,
    )
