"""Is everything known that the amounts rest on, and how surely?"""

import hashlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from backoffice.engine.sheet import FigureUse
from backoffice.figures.vocabulary import cost_items, outside_payroll
from backoffice.web.templatetags.labels import cited, said
from backoffice.web.words import phrased
from grants.terms import TERMS
from reports.checks.rule import Case
from reports.documents.words import figure_text, without_capital
from reports.dossier import Check


def terms_missing(case: Case) -> Iterator[Check]:
    """A figure or a term that the amounts need and nobody has filled in."""
    if case.claim.award.outside_life is not None:
        return
    words = {error.code: phrased(error.message) for error in case.claim.missing}
    for term in case.award.absent_terms:
        words.setdefault(
            f"{case.award.scheme.code}.{term}",
            _("Le terme « %(label)s » (%(term)s) n'est pas connu.")
            % {"label": said(TERMS[term].words), "term": term},
        )
    for code, message in sorted(words.items()):
        yield Check(
            code="terms_missing",
            level="error",
            subject=f"term:{code}",
            who=case.award.row.reference,
            month="",
            message=message,
            todo=_("Encodez-le parmi les termes de la lettre."),
        )


def letter_to_come(case: Case) -> Iterator[Check]:
    """An award that is expected and not notified justifies nothing yet."""
    if case.award.row.is_expected:
        yield Check(
            code="terms_missing",
            level="error",
            subject="letter",
            who=case.award.row.reference,
            month="",
            message=_("La lettre d'octroi n'est pas reçue : aucun montant n'est notifié."),
            todo=_("Quand elle arrive, encodez sa référence, ses dates et ses termes."),
        )


def figures_forecast(case: Case) -> Iterator[Check]:
    """A forecast blocks: only published or notified values justify money."""
    for use in case.claim.uses:
        if use.status == "forecast":
            yield Check(
                code="figure_forecast",
                level="error",
                subject=f"figure:{use.code}@{use.since.isoformat()}",
                who=use.code,
                month="",
                message=_("%(label)s (%(text)s) est une prévision.")
                % {"label": said(use.label), "text": figure_text(use)},
                todo=_(
                    "Remplacez la prévision par la valeur publiée ou par un terme de la lettre."
                ),
            )


def figures_to_confirm(case: Case) -> Iterator[Check]:
    """A value that nobody has confirmed is signed off by name; the steps of a scale together."""
    groups: dict[str, list[FigureUse]] = {}
    for use in case.claim.uses:
        if use.status == "to_confirm":
            groups.setdefault(f"{_family(use.code)}@{use.since.isoformat()}", []).append(use)
    for subject, uses in sorted(groups.items()):
        first = uses[0]
        values = _(" ; ").join(
            _("%(label)s : %(value)s") % {"label": said(use.label), "value": figure_text(use)}
            for use in uses
        )
        yield Check(
            code="figure_to_confirm",
            level="warning",
            subject=f"figure:{subject}={_seen(uses)}",
            who=_family(first.code).replace("scale.", _("barème "), 1),
            month="",
            message=_("Non confirmé depuis le %(since)s : %(values)s. Source : %(source)s.")
            % {"since": f"{first.since:%d/%m/%Y}", "values": values, "source": cited(first.source)},
            todo=_("Comparez avec la source, puis acceptez-la nommément avec un motif."),
        )


def _seen(uses: list[FigureUse]) -> str:
    """The values under the eyes of who signs: another value asks for another signature."""
    texts = [use.text for use in uses]
    whole = hashlib.sha256("\n".join(texts).encode()).hexdigest()
    return texts[0] if len(texts) == 1 else whole[:12]


def _family(code: str) -> str:
    """A pay scale as a whole for each of its steps; any other figure by itself."""
    scale, column, *rest = code.removesuffix(".base").rsplit(".", 2)
    return scale if code.startswith("scale.") and column and rest else code


def cost_items_to_confirm(case: Case) -> Iterator[Check]:
    """Costs that the scheme may or may not take: the list was not found in a legal text.

    Cost items of the payroll, and invoices for people outside it.
    """
    used = {
        item
        for item, values in case.facts.staff.pay.costs.items()
        if any(int(values[case.facts.slice_facts[int(row)].pay]) for row in case.claim.rows)
    }
    invoices = case.facts.invoices
    used |= {invoices.rows[one.invoice].category for one in invoices.parts_of(case.award.row.pk)}
    labels = {one.code: said(one.label) for one in cost_items().values()}
    labels |= {one.code: said(one.label) for one in outside_payroll().values()}
    doubtful = [
        item
        for item in labels
        if item in used and case.award.scheme.costs[item].status == "to_confirm"
    ]
    if doubtful:
        words = ", ".join(without_capital(labels[item]) for item in doubtful)
        yield Check(
            code="cost_items_to_confirm",
            level="warning",
            subject=f"costs:{case.award.scheme.code}:{'+'.join(doubtful)}",
            who=case.award.row.reference,
            month="",
            message=_(
                "Éléments de coût dont le traitement par ce régime n'est pas confirmé : %(items)s."
            )
            % {"items": words},
            todo=_(
                "Vérifiez dans les instructions du pouvoir subsidiant, puis acceptez nommément."
            ),
            article=case.award.scheme.costs[doubtful[0]].source,
        )
