"""The French words of the complements, for the page and the files."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.engine.sheet import FigureUse
from backoffice.web.templatetags.labels import said
from backoffice.web.templatetags.money import DASH, day, eur
from reports.complements.content import Cause, Changed, Complement
from reports.documents.words import STATUSES, figure_text


@dataclass(frozen=True)
class CauseWords:
    """A value that changed, in words: what, old, new, and who decided it when."""

    label: str
    old: str
    new: str
    since: str
    decided: str
    source: str
    status: str


def amount_words(amount: int | None) -> str:
    """Which way the money goes."""
    if amount is None:
        return _("à déterminer")
    if amount == 0:
        return _("rien à demander")
    return _("à demander") if amount > 0 else _("à rendre")


def sentence(found: Complement) -> str:
    """What to do about a version that was sent and that today's computation differs from."""
    stays = _("La version envoyée (v%s) ne change pas ; ") % found.version
    if found.amount is None:
        return stays + _("un complément éventuel n'est pas calculable tant qu'un terme manque.")
    if found.amount > 0:
        return stays + _("un complément de %s peut être demandé.") % eur(found.amount)
    return stays + _("%s sont à rendre.") % eur(-found.amount)


def cause_words(cause: Cause) -> CauseWords:
    """One cause, its values as published with their unit."""
    return CauseWords(
        label=said(cause.label),
        old=DASH if cause.old is None else _value(cause, cause.old),
        new=_value(cause, cause.new),
        since=day(cause.since),
        decided=_decided(cause),
        source=cause.source,
        status=STATUSES.get(cause.status, cause.status),
    )


def changed_words(found: Complement) -> list[str]:
    """What changed in the rows since the dossier was sent, besides any decision."""
    return [
        *_changed(found.staff, _("%s mois de paie"), _("%s mois de paie")),
        *_changed(found.invoices, _("%s pièce"), _("%s pièces")),
    ]


def _changed(rows: Changed, one: str, many: str) -> list[str]:
    ends = (
        (rows.added, _("en plus")),
        (rows.removed, _("en moins")),
        (rows.changed, _("d'un autre montant")),
    )
    return [f"{ngettext(one, many, count) % count} {end}" for count, end in ends if count]


def _decided(cause: Cause) -> str:
    if cause.decided is None:
        return _("jour de décision inconnu")
    words = _("décidé le %s") if cause.late else _("décidé le %s, encodé après l'envoi")
    return words % day(cause.decided)


def _value(cause: Cause, text: str) -> str:
    use = FigureUse(
        cause.code, cause.label, cause.unit, cause.since, text, None, cause.status, cause.source
    )
    return figure_text(use)
