"""A change of a scenario in one sentence, in the language of whoever reads."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from django.utils.translation import gettext as _

from backoffice.engine import money
from backoffice.engine.scenario.patch import Value
from backoffice.federation.vocabulary import Diploma, Function
from backoffice.web.templatetags.money import day, eur, fte, share, spaced
from backoffice.web.words import Spoken
from reports.scenarios.codes import spoken
from reports.scenarios.labels import funder_name, regime_name
from reports.scenarios.scenario import Change, Reference, Scenario, Source
from reports.scenarios.targets import EVERY, award_name, figure_name, is_rate, scheme_name

_CENTS = 100
_PER = Spoken(
    {
        "service": "par service",
        "antenna": "par antenne",
        "employer": "par employeur",
    }
)
_PAID_ONLY = Spoken(
    {
        "staff": "le personnel",
        "training": "la formation",
        "running": "les frais de fonctionnement",
        "investment": "les investissements",
    }
)
_OF = Spoken({"grants": "pour les subventions seules", "pay": "pour les salaires seuls"})


def sentence(change: Change, scenario: Scenario) -> str:
    """What a change does, and from which day."""
    words = _Words(change, scenario)
    said_kind = _KINDS[change.kind](words)
    return _("À partir du %(day)s, %(what)s.") % {"day": day(change.since), "what": said_kind}


class _Words:
    """The values of a change, as people write them."""

    def __init__(self, change: Change, scenario: Scenario) -> None:
        self._scenario = scenario
        self._values = change.values
        self.target = self._text(change.target)

    def has(self, name: str) -> bool:
        return name in self._values

    def eur(self, name: str) -> str:
        return self._said(name, lambda value: eur(money.times_one(_CENTS, value)))

    def ratio(self, name: str) -> str:
        return self._said(name, share)

    def rate(self, name: str) -> str:
        """A rate a year, or the regime of indexation that is followed."""
        return regime_name(self.ratio(name))

    def number(self, name: str) -> str:
        return self._said(name, _number_text)

    def fte(self, name: str) -> str:
        return self._said(name, fte)

    def word(self, name: str) -> str:
        return self._text(self._values.get(name, ""))

    def day(self, name: str) -> str:
        value = self._values.get(name)
        return day(value) if isinstance(value, date) else self._text(value or "")

    def _said(self, name: str, written: Callable[[Fraction], str]) -> str:
        value = self._values.get(name)
        if isinstance(value, int | Fraction) and not isinstance(value, bool):
            return written(Fraction(value))
        return self._text(value if value is not None else "")

    def _text(self, value: Value | Reference) -> str:
        """A word as it is; a choice by its value or, not made yet, its name; an assumption."""
        if not isinstance(value, Reference):
            return str(value)
        if value.source is Source.ASSUMPTION:
            return _("l'hypothèse « %s »") % spoken(value.code)
        parameter = self._scenario.parameters.get(value.code)
        if parameter is None:
            return value.code
        return parameter.value or _("(à choisir : %s)") % parameter.titled(value.code)


def _number_text(value: Fraction) -> str:
    """A number as people write it: decimals where it has an end, a fraction where it has none."""
    hundredths = value * _CENTS
    if hundredths.denominator != 1:
        return str(value)
    text = money.text(int(hundredths))
    return spaced(text.rstrip("0").rstrip("."))


def _filled(text: str, **values: str) -> str:
    return text % values


def _of_award(words: _Words) -> str:
    which = award_name(words.target)
    if words.has("granted"):
        return _filled(_("%(which)s : %(to)s par an"), which=which, to=words.eur("granted"))
    if words.has("factor"):
        text = _("%(which)s : %(to)s du montant")
        return _filled(text, which=which, to=words.ratio("factor")) + _kept(words)
    if words.has("add"):
        text = _("%(which)s : %(to)s de plus par an")
        return _filled(text, which=which, to=words.eur("add")) + _kept(words)
    if words.has("indexed_by"):
        text = _("%(which)s : montant indexé selon %(by)s")
        return _filled(text, which=which, by=words.rate("indexed_by")) + _paced(words)
    if words.has("least"):
        return _shared_out(words, which)
    uncapped = _("%(which)s : aucun montant ne borne le coût admis")
    return _filled(uncapped if words.has("uncapped") else _("%(which)s : plus rien"), which=which)


def _kept(words: _Words) -> str:
    """The head for which what is added is kept."""
    if not words.has("head"):
        return ""
    head = words.word("head")
    return _filled(_(" ; ce qui s'ajoute ne paie que %(head)s"), head=_PAID_ONLY.get(head, head))


def _paced(words: _Words) -> str:
    """How often, and how late, an amount follows its index."""
    said_pace = ""
    if words.has("every"):
        said_pace += _filled(_(", tous les %(n)s mois"), n=words.number("every"))
    if words.has("late"):
        said_pace += _filled(_(", %(n)s mois plus tard"), n=words.number("late"))
    return said_pace


def _shared_out(words: _Words, which: str) -> str:
    """A minimum for each award, of an envelope that grows or not."""
    open_one = words.word("envelope") != "closed"
    envelope = _("enveloppe ouverte") if open_one else _("enveloppe fermée")
    text = _("%(which)s : au moins %(to)s par an (%(envelope)s)")
    if words.has("fte"):
        text = _("%(which)s : au moins %(to)s par an et par ETP, pour %(fte)s ETP (%(envelope)s)")
    values = {"which": which, "to": words.eur("least"), "envelope": envelope}
    return _filled(text, fte=words.fte("fte"), **values)


def _of_scheme(words: _Words) -> str:
    which = scheme_name(words.target.removeprefix("scheme:"))
    if words.has("successor"):
        text = _("le régime « %(which)s » est repris par un autre à %(to)s du dernier montant")
        return _filled(text, which=which, to=words.ratio("successor"))
    return _filled(_("le régime « %(which)s » prend fin"), which=which)


def _in_unit(words: _Words, name: str) -> str:
    return words.ratio(name) if is_rate(words.target) else words.number(name)


def _of_figure(words: _Words) -> str:
    which = figure_name(words.target)
    if words.has("set"):
        return _filled(_("%(which)s : %(to)s"), which=which, to=_in_unit(words, "set"))
    if words.has("add"):
        text = _("%(which)s : %(to)s de plus")
        if is_rate(words.target):
            text = _("%(which)s : %(to)s de plus, en points de pourcentage")
        return _filled(text, which=which, to=_in_unit(words, "add"))
    if words.has("factor"):
        text = _("%(which)s : %(to)s de ce qui est prévu")
        return _filled(text, which=which, to=words.ratio("factor"))
    if words.has("indexed_by"):
        text = _("%(which)s : indexation selon %(by)s")
        return _filled(text, which=which, by=words.rate("indexed_by")) + _paced(words)
    if words.has("uncapped"):
        return _filled(_("%(which)s : aucun plafond, le coût réel compte"), which=which)
    return _filled(_("%(which)s : plus aucun changement"), which=which)


def _of_index(words: _Words) -> str:
    which = _("tous les régimes") if words.target == EVERY else regime_name(words.target)
    what = _index(words)
    limited = _OF.get(words.word("of"), "")
    return _filled(_("indexation (%(which)s) : %(what)s"), which=which, what=what) + (
        f", {limited}" if limited else ""
    )


def _index(words: _Words) -> str:
    if words.has("lag"):
        return _filled(_("%(n)s mois plus tard"), n=words.number("lag"))
    if words.has("skip"):
        return _filled(_("aucune en %(year)s"), year=words.word("skip"))
    if words.has("path"):
        text = _("%(rate)s par an après le dernier mois connu")
        return _filled(text, rate=words.ratio("path"))
    if words.has("capped_above"):
        text = _("plafonnée au-delà de %(amount)s par mois")
        return _filled(text, amount=words.eur("capped_above"))
    return _("entière, sans plafond")


def _of_worker(words: _Words) -> str:
    which = words.target
    if words.has("hours"):
        return _filled(
            _("%(which)s travaille %(n)s h par semaine"), which=which, n=words.number("hours")
        )
    if words.has("share"):
        text = _("%(which)s travaille %(to)s de ses heures")
        return _filled(text, which=which, to=words.ratio("share"))
    if words.has("of_full_time"):
        text = _("%(which)s travaille à %(to)s d'un temps plein")
        return _filled(text, which=which, to=words.ratio("of_full_time"))
    if words.has("scale"):
        scale = f"{words.word('scale')} {words.word('column')}".strip()
        return _filled(_("%(which)s passe au barème %(scale)s"), which=which, scale=scale)
    if words.has("leave"):
        text = _("%(which)s est absent, sans salaire, jusqu'à son retour le %(back)s")
        return _filled(text, which=which, back=words.day("leave"))
    return _filled(_("le contrat de %(which)s prend fin"), which=which)


def _of_post(words: _Words) -> str:
    where = _("tous") if words.target == EVERY else words.target
    per = _PER.get(words.word("per") or "service", words.word("per"))
    if words.has("least"):
        asked = _filled(_("au moins %(fte)s ETP %(per)s"), fte=words.fte("least"), per=per)
    else:
        asked = _filled(_("%(fte)s ETP de plus %(per)s"), fte=words.fte("fte"), per=per)
    parts = [_filled(_("postes demandés (%(where)s) : %(asked)s"), where=where, asked=asked)]
    if words.has("function"):
        parts.append(_named(Function.choices, words.word("function")))
    if words.has("diploma"):
        parts.append(_named(Diploma.choices, words.word("diploma")))
    if words.has("cost"):
        parts.append(_filled(_("coût par ETP et par an : %(to)s"), to=words.eur("cost")))
    if words.has("running"):
        parts.append(_filled(_("fonctionnement : %(to)s"), to=words.eur("running")))
    if words.has("funder"):
        asked_of = funder_name(words.word("funder"))
        parts.append(_filled(_("demandés à : %(funder)s"), funder=asked_of))
    return ", ".join(parts)


def _named(choices: Sequence[tuple[str, object]], code: str) -> str:
    return str(dict(choices).get(code, code))


def _of_pay_date(words: _Words) -> str:
    which = award_name(words.target)
    if words.has("start_share"):
        text = _("%(which)s : %(to)s payés au début de l'année")
        return _filled(text, which=which, to=words.ratio("start_share"))
    if words.has("delay_days"):
        text = _("%(which)s : payée %(n)s jours plus tard")
        return _filled(text, which=which, n=words.number("delay_days"))
    return _filled(_("%(which)s : payée par douzièmes provisoires"), which=which)


def _of_merge(words: _Words) -> str:
    text = _("%(which)s rejoint %(into)s")
    return _filled(text, which=words.target, into=words.word("into"))


_KINDS: Mapping[str, Callable[[_Words], str]] = MappingProxyType(
    {
        "award": _of_award,
        "scheme": _of_scheme,
        "figure": _of_figure,
        "index": _of_index,
        "worker": _of_worker,
        "post": _of_post,
        "pay_date": _of_pay_date,
        "merge": _of_merge,
    }
)
