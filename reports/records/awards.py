"""The records of what funders grant: awards, the terms of their letters, amendments, posts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from backoffice.engine.periods import year_period
from backoffice.federation.vocabulary import FigureStatus, Function
from backoffice.web.folding import Fold
from grants.models import Amendment, Award, Post, Term
from grants.snapshots import award_facts
from reports.pages.standing import State
from reports.records.award_forms import AwardForm, PostForm, TermForm
from reports.records.options import (
    award_column,
    by_approval_kind,
    by_award,
    by_force,
    by_value,
    fixed,
    force_of,
    named,
    scheme_label,
    scheme_labels,
    term_label,
    term_labels,
    term_words,
    total_in_force,
    years,
)
from reports.records.record import Asked, Child, Choice, Column, Record, Rows, Spread, Total

TERMS_CHANGE = _("Ce terme vient d'une lettre : indiquez pourquoi il change.")


def _letter(award: Any) -> tuple[State, ...]:
    return (State("warning", str(_("Lettre à recevoir"))),) if award.is_expected else ()


def _elsewhere(award: Any, on: date) -> list[tuple[Any, str]]:
    """The dossier of the exercise of a day, or else of the nearest one, and what is due."""
    last = award.ends_on.year if award.ends_on else max(on.year, award.starts_on.year)
    where = [award.reference, min(max(on.year, award.starts_on.year), last)]
    return [
        (_("Dossier %(year)d") % {"year": where[1]}, reverse("justification", args=where)),
        (_("Encoder un avenant"), reverse("amendment", args=where)),
        (_("Échéances"), reverse("deadlines")),
    ]


def _value(term: Any) -> str:
    return term_words(term.code, term.value)


def _granted_of(award: Any, day: date) -> int | None:
    """What a letter grants for the exercise of a day, or else of the nearest one, in cents."""
    last = award.ends_on.year if award.ends_on else day.year
    year = min(max(day.year, award.starts_on.year), max(last, award.starts_on.year))
    facts = award_facts(award, year_period(year), award.terms.all(), day)
    return facts.granted(day)


def _with_granted(awards: Sequence[Any], asked: Asked) -> None:
    for award in awards:
        award.granted = _granted_of(award, asked.day)


def _granted_total(found: Rows, asked: Asked, _sums: Mapping[str, Any]) -> Mapping[str, Total]:
    """The sum of what letters grant, in cents, and how many awards have no amount in a letter.

    Of each award nothing is read but the amounts that letters wrote: which of them stands on a day
    is said once, by `AwardFacts.granted`, and exact texts are summed exactly.
    """
    written = Prefetch("terms", Term.objects.filter(code="granted"))
    awards = list(found.prefetch_related(written, Prefetch("posts", Post.objects.none())))
    granted = [_granted_of(award, asked.day) for award in awards]
    known = [amount for amount in granted if amount is not None]
    unknown = len(granted) - len(known)
    said = ngettext("%(n)d sans montant écrit", "%(n)d sans montant écrit", unknown)
    notes = (State("warning", said % {"n": unknown}),) if unknown else ()
    return {"accorde": Total(sum(known) if known else None, notes)}


AWARDS = Record(
    slug="awards",
    address="registre-des-subventions",
    model=Award,
    label=_("Subventions"),
    one=_("Subvention"),
    is_feminine=True,
    owner="organisation",
    title=lambda award: f"{award.reference} {award.label}",
    columns=(
        Column(
            "reference",
            _("Référence"),
            lambda row: row.reference,
            sort=Fold(F("reference")),
            below=lambda row: (row.label,),
            width=20,
        ),
        Column("intitule", _("Intitulé"), lambda row: row.label, shown=False, width=36),
        Column(
            "regime", _("Régime"), lambda row: scheme_label(row.scheme), sort=F("scheme"), width=30
        ),
        Column(
            "accorde",
            _("Accordé"),
            lambda row: row.granted,
            "money",
            below=lambda row: (_("calculé dans le dossier"),) if row.granted is None else (),
        ),
        Column("du", _("Du"), lambda row: row.starts_on, "day", F("starts_on")),
        Column("au", _("Au"), lambda row: row.ends_on, "day", F("ends_on"), states=force_of),
        Column(
            "lettre",
            _("Lettre"),
            lambda row: row.letter_reference,
            sort=F("letter_on"),
            states=_letter,
            width=22,
        ),
        Column("notifiee", _("Notifiée le"), lambda row: row.notified_on, "day", F("notified_on")),
        Column(
            "agrement",
            _("Agrément"),
            lambda row: row.approval.code if row.approval else "",
            "code",
            F("approval__code"),
        ),
    ),
    order="reference",
    ties=("starts_on", "pk"),
    searched=("reference", "label", "letter_reference", "scheme"),
    choices=(
        Choice(
            "regime",
            _("Régime"),
            lambda _rows: sorted(scheme_labels().items(), key=lambda pair: pair[1]),
            lambda value, _asked: Q(scheme=value),
        ),
        by_approval_kind(),
        by_force(),
    ),
    spread=Spread("starts_on", "ends_on"),
    related=("approval",),
    prepared=lambda rows, _asked: rows.prefetch_related("terms", "posts"),
    arranged=_with_granted,
    totals=_granted_total,
    fields=(
        "reference",
        "scheme",
        "label",
        "approval",
        "letter_reference",
        "letter_on",
        "notified_on",
        "starts_on",
        "ends_on",
        "renews",
    ),
    options={"scheme": named(scheme_labels)},
    form=AwardForm,
    children=(
        Child("terms", "award", "subvention"),
        Child("amendments", "award", "subvention"),
        Child("posts", "award", "subvention", summed=True),
        Child("instalments", "award", "subvention"),
        Child("receipts", "award", "subvention"),
    ),
    links=_elsewhere,
    rests=lambda row: Q(award=row),
)
TERMS = Record(
    slug="terms",
    address="termes",
    model=Term,
    label=_("Termes des lettres"),
    one=_("Terme"),
    owner="award__organisation",
    title=lambda row: f"{row.award.reference}, {term_label(row.code)}",
    columns=(
        award_column(),
        Column("terme", _("Terme"), lambda row: term_label(row.code), sort=F("code"), width=30),
        Column("valeur", _("Valeur"), _value),
        Column("du", _("Du"), lambda row: row.starts_on, "day", F("starts_on")),
        Column("au", _("Au"), lambda row: row.ends_on, "day", F("ends_on")),
        Column("decide", _("Décidé le"), lambda row: row.decided_on, "day", F("decided_on")),
        Column("lettre", _("Lettre"), lambda row: row.letter_reference, width=22),
        Column("statut", _("Statut"), lambda row: row.get_status_display(), sort=F("status")),
    ),
    order="subvention",
    ties=("code", "starts_on", "decided_on", "pk"),
    searched=("award__reference", "award__label", "code", "value", "letter_reference"),
    choices=(
        by_award(),
        Choice(
            "terme",
            _("Terme"),
            lambda rows: [
                (code, term_label(code))
                for code in rows.order_by("code").values_list("code", flat=True).distinct()
            ],
            lambda value, _asked: Q(code=value),
        ),
        Choice(
            "statut",
            _("Statut"),
            fixed(pair for pair in FigureStatus.choices if pair[0] != FigureStatus.MISSING),
            lambda value, _asked: Q(status=value),
        ),
    ),
    spread=Spread("starts_on", "ends_on"),
    related=("award",),
    fields=(
        "award",
        "code",
        "value",
        "starts_on",
        "ends_on",
        "decided_on",
        "letter_reference",
        "status",
    ),
    form=TermForm,
    options={"code": named(term_labels)},
    written={"value": _value},
    rests=lambda row: Q(award=row.award_id, **years(row.starts_on, row.ends_on)),
    explained=lambda _row, _today: TERMS_CHANGE,
)
AMENDMENTS = Record(
    slug="amendments",
    address="avenants",
    model=Amendment,
    label=_("Avenants"),
    one=_("Avenant"),
    owner="award__organisation",
    title=lambda row: f"{row.award.reference}, n° {row.number}",
    columns=(
        award_column(),
        Column("numero", _("Numéro"), lambda row: row.number, "count", F("number")),
        Column("lettre", _("Lettre"), lambda row: row.letter_reference, width=22),
        Column("decide", _("Décidé le"), lambda row: row.decided_on, "day", F("decided_on")),
        Column(
            "effet", _("Prend effet le"), lambda row: row.effective_on, "day", F("effective_on")
        ),
        Column("objet", _("Objet"), lambda row: row.reason, width=36),
    ),
    order="-decide",
    ties=("award__reference", "number", "pk"),
    searched=("award__reference", "letter_reference", "reason"),
    choices=(by_award(),),
    spread=Spread("effective_on", "effective_on"),
    related=("award",),
    hint=_("Un avenant s'encode depuis la page de sa subvention, qui en montre l'effet."),
)
POSTS = Record(
    slug="posts",
    address="postes",
    model=Post,
    label=_("Postes"),
    one=_("Poste"),
    owner="award__organisation",
    title=lambda row: f"{row.award.reference} / {row.code}",
    columns=(
        Column("code", _("Code"), lambda row: row.code, sort=Fold(F("code"))),
        award_column(),
        Column(
            "fonction", _("Fonction"), lambda row: row.get_function_display(), sort=F("function")
        ),
        Column(
            "diplome",
            _("Diplôme minimum"),
            lambda row: row.get_diploma_display(),
            sort=F("diploma"),
        ),
        Column("etp", _("ETP"), lambda row: row.fte, "fte", F("fte")),
        Column("du", _("Du"), lambda row: row.starts_on, "day", F("starts_on")),
        Column("au", _("Au"), lambda row: row.ends_on, "day", F("ends_on"), states=force_of),
    ),
    order="subvention",
    ties=("code", "pk"),
    searched=("code", "award__reference", "award__label"),
    choices=(
        by_award(),
        by_value("fonction", _("Fonction"), Function, "function"),
        by_force(),
    ),
    spread=Spread("starts_on", "ends_on"),
    related=("award",),
    totals=total_in_force("etp", "fte", "fte"),
    fields=("award", "code", "function", "diploma", "fte", "starts_on", "ends_on"),
    form=PostForm,
    children=(Child("assignments", "post", "subvention"),),
    rests=lambda row: Q(award=row.award_id, **years(row.starts_on, row.ends_on)),
)
