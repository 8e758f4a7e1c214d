"""Forms of what funders grant: terms as their code asks, posts and payments that fit the award."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.engine.periods import Period
from backoffice.web.templatetags.money import day
from grants.fitting import first_day_outside, has_exercise, is_due_far
from grants.models import Award, Instalment, Post
from grants.scheme import schemes
from grants.terms import BadTerm, read_term
from reports.records.forms import RecordForm


class AwardForm(RecordForm):
    """An award around its posts; what it renews is of its scheme and approval, and earlier."""

    of_some = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        renewed = data.get("renews")
        if renewed is not None:
            for said in self._refused(renewed, data):
                self.add_error("renews", said)
        return data

    def _post_clean(self) -> None:
        super()._post_clean()
        whole = _period(self.instance)
        if self.errors or whole is None or self.instance.pk is None:
            return
        for post in self.instance.posts.order_by("starts_on", "pk"):
            left = first_day_outside(Period.inclusive(post.starts_on, post.ends_on), whole)
            if left is not None:
                field = "starts_on" if left[1] == whole.start else "ends_on"
                said = _("Le poste %(code)s va du %(first)s au %(last)s : changez-le d'abord.")
                self.add_error(field, said % {"code": post.code, **_bounds(post)})
                return

    def _refused(self, renewed: Award, data: Mapping[str, Any]) -> Iterator[str]:
        if renewed.scheme != data.get("scheme"):
            yield _("Une subvention en reconduit une autre du même régime, pas celle-ci.")
        if renewed.approval != data.get("approval"):
            yield _("Une subvention en reconduit une autre du même agrément, pas celle-ci.")
        own = data.get("starts_on")
        if own and own <= renewed.starts_on:
            yield _(
                "La subvention reconduite commence le %(first)s, pas avant celle-ci (%(own)s)."
            ) % {"first": day(renewed.starts_on), "own": day(own)}


class TermForm(RecordForm):
    """A term of an award, whose value is written as its code asks."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        award, code, value = data.get("award"), data.get("code"), data.get("value")
        if not (award and code and value):
            return data
        scheme = schemes().get(award.scheme)
        try:
            read_term(code, value, scheme.choices_of(code) if scheme else None)
        except BadTerm as error:
            self.add_error("value", str(error))
        return data


class PostForm(RecordForm):
    """A post, within the days of its award."""

    of_some = True

    def _post_clean(self) -> None:
        super()._post_clean()
        post: Post = self.instance
        own = _period(post)
        if self.errors or own is None:
            return
        whole = Period.inclusive(post.award.starts_on, post.award.ends_on)
        left = first_day_outside(own, whole)
        if left is not None:
            said = _("La subvention %(award)s va du %(first)s au %(last)s : le poste y reste.")
            self.add_error(left[0], said % {"award": post.award.reference, **_bounds(post.award)})


class PaymentForm(RecordForm):
    """A payment, of an exercise that its award has."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        award, year = data.get("award"), data.get("year")
        if award and year:
            whole = Period.inclusive(award.starts_on, award.ends_on)
            if not has_exercise(whole, year):
                said = _(
                    "La subvention n'a pas d'exercice %(year)d : elle va du %(first)s au %(last)s."
                )
                self.add_error("year", said % {"year": year, **_bounds(award)})
        return data


class InstalmentForm(PaymentForm):
    """A payment that is expected; one that is far from its exercise is kept, and asked about."""

    def doubts(self) -> Iterator[str]:
        expected: Instalment = self.instance
        if is_due_far(expected.due_on, expected.year):
            yield _(
                "Ce paiement est attendu le %(day)s, loin de son exercice (%(year)d) : vérifiez la "
                "date, laissez-la si elle est exacte."
            ) % {"day": day(expected.due_on), "year": expected.year}


class ReceiptForm(PaymentForm):
    """A payment received, today at the latest; its instalment is of the same award and exercise."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        came = data.get("received_on")
        if came and came > timezone.localdate():
            self.add_error(
                "received_on",
                _(
                    "Ce jour est à venir : un versement s'encode quand il est reçu. Un paiement "
                    "attendu s'encode comme tranche."
                ),
            )
        paid, award, year = data.get("instalment"), data.get("award"), data.get("year")
        if paid and award and (paid.award_id, paid.year) != (award.pk, year):
            self.add_error(
                "instalment",
                _("Cette tranche est celle de %(award)s %(year)s : choisissez-en une autre.")
                % {"award": paid.award.reference, "year": paid.year},
            )
        return data


def _period(row: Award | Post) -> Period | None:
    """The days of a row that is being typed; None when they are missing or in the wrong order."""
    if row.starts_on is None or (row.ends_on and row.ends_on < row.starts_on):
        return None
    return Period.inclusive(row.starts_on, row.ends_on)


def _bounds(row: Award | Post) -> dict[str, str]:
    return {"first": day(row.starts_on), "last": day(row.ends_on) if row.ends_on else "\u2026"}
