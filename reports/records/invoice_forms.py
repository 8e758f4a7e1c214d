"""The form of a purchase invoice: its fields, and its parts over awards, which sum to it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from djmoney.money import Money

from backoffice.engine import money
from backoffice.web.templatetags.money import eur, share
from grants.models import Award
from invoices.services.purchases import Share, keep_invoice
from reports.exchange.numbers import LARGEST_SHARE_PART
from reports.records.fields import PartField
from reports.records.forms import LinkField, RecordForm

SPARE = 3
OWN = "own_part"


@dataclass(frozen=True)
class PartRow:
    """The fields of one part."""

    award: forms.BoundField
    part: forms.BoundField
    key: forms.BoundField


class InvoiceForm(RecordForm):
    """An invoice and its parts; what is left blank at the own funds is the rest."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._former = (
            list(self.instance.ventilations.select_related("award").order_by("award__reference"))
            if self.instance.pk
            else []
        )
        rows, name_of = more["links"](Award)
        self._numbers = range(max(self._asked(), len(self._former) + SPARE))
        for number in self._numbers:
            self._add_part(number, rows, name_of)
        self.fields[OWN] = PartField(
            label=gettext_lazy("Fonds propres"),
            required=False,
            help_text=gettext_lazy("Vide : ce qui reste."),
        )

    def _asked(self) -> int:
        """How many parts the page had."""
        return sum(1 for name in self.data if str(name).startswith("part_")) if self.data else 0

    def _add_part(self, number: int, rows: Any, name_of: Callable[[Any], str]) -> None:
        place = {"n": number + 1}
        award = LinkField(queryset=rows, required=False, label=_("Subvention %(n)d") % place)
        award.named = name_of
        award.error_messages["invalid_choice"] = _("Choisissez dans la liste.")
        self.fields[f"award_{number}"] = award
        self.fields[f"part_{number}"] = PartField(required=False, label=_("Part %(n)d") % place)
        self.fields[f"key_{number}"] = forms.CharField(
            required=False, max_length=120, label=_("Clé %(n)d") % place
        )
        if number < len(self._former):
            former = self._former[number]
            part = Fraction(former.share_numerator, former.share_denominator)
            self.initial[f"award_{number}"] = former.award_id
            self.initial[f"part_{number}"] = share(part).replace("\u202f", " ")
            self.initial[f"key_{number}"] = former.key

    def is_own(self, name: str) -> bool:
        """The parts are shown in a table of their own."""
        return name != OWN and not name.startswith(("award_", "part_", "key_"))

    @property
    def parts(self) -> list[PartRow]:
        """The fields of the parts."""
        return [
            PartRow(self[f"award_{number}"], self[f"part_{number}"], self[f"key_{number}"])
            for number in self._numbers
        ]

    @property
    def own_part(self) -> forms.BoundField:
        """The field of what no award pays."""
        return self[OWN]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.shares = shares = list(self._shares(data)) if "amount" in data else []
        if self.errors:
            return data
        total = sum((one.part for one in shares), Fraction(0))
        amount = data["amount"]
        if total > 1:
            self.add_error((shares and f"part_{self._last}") or OWN, _too_much(total, amount))
        elif data.get(OWN) is not None:
            own = self._ratio(data[OWN], amount)
            if own is None:
                self.add_error(OWN, _beyond(amount))
            elif total + own != 1:
                self.add_error(OWN, _not_whole(total + own, amount))
        return data

    def _shares(self, data: dict[str, Any]) -> Iterator[Share]:
        """The parts that are filled in, each checked at its field."""
        seen: set[int] = set()
        self._last = 0
        for number in self._numbers:
            award: Any = data.get(f"award_{number}")
            part = data.get(f"part_{number}")
            if (award is None and not part) or self._is_wrong(number):
                continue
            self._last = number
            problem = self._problem(number, award, part, seen)
            if problem is not None:
                self.add_error(*problem)
                continue
            seen.add(award.pk)
            ratio = self._ratio(part, data["amount"])
            if ratio is None or not 0 < ratio <= 1 or ratio.denominator > LARGEST_SHARE_PART:
                self.add_error(f"part_{number}", _beyond(data["amount"]))
                continue
            yield Share(award=award, part=ratio, key=data.get(f"key_{number}") or "")

    def _is_wrong(self, number: int) -> bool:
        return f"part_{number}" in self.errors or f"award_{number}" in self.errors

    @staticmethod
    def _problem(number: int, award: Any, part: Any, seen: set[int]) -> tuple[str, str] | None:
        if award is None:
            return f"award_{number}", _("Choisissez la subvention de cette part.")
        if not part:
            return f"part_{number}", _("Indiquez la part de cette subvention.")
        if award.pk in seen:
            return f"award_{number}", _("Cette subvention a déjà une part plus haut.")
        return None

    @staticmethod
    def _ratio(part: Any, amount: Any) -> Any:
        """A part of the whole; an amount is compared with that of the invoice."""
        if not isinstance(part, Money):
            return part
        return None if not amount else Fraction(part.amount) / Fraction(amount.amount)

    def is_same(self, row: Any) -> bool:
        """Whether an invoice has the parts of the form."""
        theirs = {
            one.award_id: Fraction(one.share_numerator, one.share_denominator)
            for one in row.ventilations.all()
        }
        return theirs == {one.award.pk: one.part for one in self.shares}

    def store(self, keep: Callable[..., Any]) -> Any:
        """Have the invoice and its parts kept together."""
        version = self.cleaned_data["version"]
        return keep_invoice(invoice=self.instance, shares=self.shares, version=version)


def _euros(part: Fraction, amount: Money) -> str:
    """A part of an amount, in words."""
    cents = part * money.cents(amount.amount)
    return eur(money.round_ratio(cents.numerator, cents.denominator))


def _too_much(total: Fraction, amount: Money) -> str:
    return _("Les parts font %(sum)s ; la facture fait %(whole)s : il y a %(more)s de trop.") % {
        "sum": _euros(total, amount),
        "whole": eur(amount),
        "more": _euros(total - 1, amount),
    }


def _not_whole(total: Fraction, amount: Money) -> str:
    if total > 1:
        return _too_much(total, amount)
    return _("Les parts font %(sum)s ; la facture fait %(whole)s : il manque %(less)s.") % {
        "sum": _euros(total, amount),
        "whole": eur(amount),
        "less": _euros(1 - total, amount),
    }


def _beyond(amount: Money | None) -> str:
    if not amount:
        return _("Sans montant de la facture, écrivez la part en %% ou en fraction.").replace(
            "%%", "%"
        )
    return _("Cette part dépasse la facture, ou est de l'autre signe : vérifiez-la.")
