"""The funder's decision on its page: lines, heads, then the whole."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backoffice.engine import money
from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from backoffice.federation.storing import FileRefused
from backoffice.web.templatetags.money import eur
from reports.models import Decision, JustificationFile, State
from reports.views.scope import UNPROCESSABLE, Scope, award_address, scope_of, user_of
from reports.workflow.acts import kept
from reports.workflow.deciding import (
    Letter,
    answer,
    answer_head,
    answers_of,
    enter_lines,
    record_decision,
)
from reports.workflow.forms import DecisionForm, HeadForm, amount_field
from reports.workflow.moves import MOVES
from reports.workflow.sending import balance_of
from reports.workflow.sent_lines import Answer, Claimed, Place, SentLine, claimed_of
from reports.workflow.steps import MoveRefused, Step, mark_of, standing_file
from reports.workflow.views.moves import award_of

A_PAGE = 100


@dataclass(frozen=True)
class Deciding:
    """The justification that the funder decides, as one request sees it."""

    scope: Scope
    step: Step
    file: JustificationFile
    claimed: Claimed
    answers: Mapping[Place, Answer]

    @property
    def key(self) -> tuple[str, int]:
        return self.step.award.reference, self.step.year


@dataclass
class Tried:
    """What was typed and refused, to be shown again."""

    head: forms.Form | None = None
    whole: forms.Form | None = None
    typed: QueryDict | None = None
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """A line with what is entered of it, as texts for its fields."""

    line: SentLine
    answer: Answer | None
    accepted: str
    reason: str
    was: str
    error: str


def _deciding(request: HttpRequest, reference: str, year: int) -> Deciding:
    scope = scope_of(request)
    award = award_of(scope, reference)
    file = standing_file(award, year)
    if file.justification is None:
        raise Http404
    seen = request.POST.get("seen", "")
    step = Step(award, year, user_of(request), seen, scope.as_of)
    return Deciding(scope, step, file, claimed_of(file.justification), answers_of(file))


@needs(Right.SEE)
@require_safe
def decision(request: HttpRequest, reference: str, year: int) -> HttpResponse:
    """What the funder decided of each line, and the forms to enter it."""
    return _page(request, _deciding(request, reference, year), Tried())


@needs(Right.JUSTIFY)
@require_POST
def decide_lines(request: HttpRequest, reference: str, year: int) -> HttpResponse:
    """Keep the answers of the lines shown; nothing is kept while one of them is wrong."""
    found = _deciding(request, reference, year)
    tried = Tried(typed=request.POST)
    refusing = request.POST.get("action") == "refuse"
    answers: dict[Place, Answer] = {}
    cleared: list[Place] = []
    for line in _changed(found, request.POST, refusing=refusing):
        try:
            _refuse_overwritten(found, line, request.POST)
            read = _read(line, request.POST, refusing=refusing)
        except (MoveRefused, forms.ValidationError) as error:
            said = error.messages[0] if isinstance(error, forms.ValidationError) else str(error)
            tried.errors[line.name] = said
            continue
        if read is None:
            cleared.append(line.place)
        else:
            answers[line.place] = read
    if not tried.errors:
        try:
            enter_lines(step=found.step, answers=answers, cleared=cleared)
        except MoveRefused as error:
            tried.errors[""] = str(error)
        else:
            messages.success(request, _("Les réponses sont gardées."))
            return redirect(_address(found, request))
    return _page(request, found, tried)


def _changed(found: Deciding, data: QueryDict, *, refusing: bool) -> Iterator[SentLine]:
    """The lines of the page of which something was typed or ticked since it was shown."""
    ticked = set(data.getlist("tick")) if refusing else set()
    for line in found.claimed.lines:
        typed = [data.get(f"{name}-{line.name}") for name in ("accepted", "reason")]
        if typed[0] is None:
            continue
        if line.name in ticked or _mark(*typed) != data.get(f"was-{line.name}"):
            yield line


def _mark(accepted: str | None, reason: str | None) -> str:
    """An answer as its fields show it, to tell whether it was changed meanwhile."""
    return f"{accepted or ''}|{reason or ''}"


def _refuse_overwritten(found: Deciding, line: SentLine, data: QueryDict) -> None:
    """Nobody overwrites silently what a colleague has entered since the page was shown.

    Raises:
        MoveRefused: someone did; the message says what they entered.
    """
    was, stored = data.get(f"was-{line.name}"), found.answers.get(line.place)
    if was is None or was == _mark(*_texts(stored)):
        return
    said = _("rien") if stored is None else eur(stored.accepted)
    raise MoveRefused(
        _("Quelqu'un vient de répondre pour cette ligne (%s) : relisez-la, puis recommencez.")
        % said
    )


def _texts(entered: Answer | None) -> tuple[str, str]:
    """An answer as the fields of its line show it."""
    if entered is None:
        return "", ""
    return money.text(entered.accepted).replace(".", ","), entered.reason


def _read(line: SentLine, data: QueryDict, *, refusing: bool) -> Answer | None:
    """What is typed of one line; None for nothing."""
    reason = data.get(f"reason-{line.name}", "")
    if refusing and line.name in data.getlist("tick"):
        return answer(line, min(line.admissible, 0), reason or data.get("common", ""))
    text = data.get(f"accepted-{line.name}", "").strip()
    if not text:
        return None
    read = amount_field("", negative=line.admissible < 0).clean(text)
    return answer(line, money.cents(read.amount), reason)


@needs(Right.JUSTIFY)
@require_POST
def decide_head(request: HttpRequest, reference: str, year: int) -> HttpResponse:
    """Share what the funder accepts of a head over its lines."""
    found = _deciding(request, reference, year)
    form = HeadForm(request.POST, prefix="head", heads=found.claimed.heads)
    if form.is_valid():
        data = form.cleaned_data
        try:
            cents = money.cents(data["accepted"].amount)
            answers = answer_head(found.claimed, data["head"], cents, data["reason"])
            enter_lines(step=found.step, answers=answers)
        except MoveRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Le montant est réparti sur les lignes de la rubrique."))
            return redirect(_address(found, request))
    return _page(request, found, Tried(head=form))


@needs(Right.JUSTIFY)
@require_POST
def decide_whole(request: HttpRequest, reference: str, year: int) -> HttpResponse:
    """Record the decision once every line has an answer."""
    found = _deciding(request, reference, year)
    form = DecisionForm(request.POST, request.FILES, prefix="whole")
    if form.is_valid():
        data = form.cleaned_data
        try:
            with kept(found.step, data["document"]) as document:
                letter = Letter(data["on"], data["reference"], document)
                rest = data["accept_rest"]
                record_decision(step=found.step, letter=letter, accept_rest=rest)
        except (MoveRefused, FileRefused) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, str(MOVES["decide"].done))
            return redirect(award_address(*found.key) + found.scope.query)
    return _page(request, found, Tried(whole=form))


def _address(found: Deciding, request: HttpRequest) -> str:
    """The page of the decision, at the same head and page of lines."""
    kept_query = request.GET.urlencode()
    return reverse("decision", args=found.key) + (f"?{kept_query}" if kept_query else "")


def _page(request: HttpRequest, found: Deciding, tried: Tried) -> HttpResponse:
    head = request.GET.get("rubrique", "")
    lines = [line for line in found.claimed.lines if head in {"", line.head}]
    page = Paginator(lines, A_PAGE).get_page(request.GET.get("page"))
    entering = found.file.state == State.SENT and Right.JUSTIFY in found.scope.rights
    today = timezone.localdate()
    whole = {"on": today, "accept_rest": not found.answers}
    context = found.scope.context(
        file=found.file,
        mark=mark_of(found.file),
        reference=found.key[0],
        year=found.key[1],
        heads=found.claimed.heads,
        head=head,
        page=page,
        rows=_rows(page, found, tried),
        entering=entering,
        sums=_sums(found),
        result=found.claimed.result(found.answers),
        balance=balance_of(found.file),
        decision=Decision.objects.select_related("document").filter(file=found.file).first(),
        head_form=tried.head or HeadForm(prefix="head", heads=found.claimed.heads),
        whole_form=tried.whole or DecisionForm(prefix="whole", initial=whole),
        wrong=tried.errors.get("", ""),
        wrong_lines=len([name for name in tried.errors if name]),
        common=tried.typed.get("common", "") if tried.typed is not None else "",
        query=f"?{request.GET.urlencode()}" if request.GET else "",
    )
    refused = tried.errors or tried.head or tried.whole
    status = UNPROCESSABLE if refused else 200
    return render(request, "reports/workflow_decision.html", context, status=status)


def _rows(page: Page[SentLine], found: Deciding, tried: Tried) -> list[Row]:
    rows = []
    for line in page:
        entered = found.answers.get(line.place)
        accepted, reason = _texts(entered)
        was = _mark(accepted, reason)
        if tried.typed is not None:
            accepted = tried.typed.get(f"accepted-{line.name}", accepted)
            reason = tried.typed.get(f"reason-{line.name}", reason)
        rows.append(Row(line, entered, accepted, reason, was, tried.errors.get(line.name, "")))
    return rows


@dataclass(frozen=True)
class Sums:
    """Cents over every line of the version, and how many have no answer yet."""

    presented: int
    admissible: int
    accepted: int
    refused: int
    waiting: int


def _sums(found: Deciding) -> Sums:
    lines, answers = found.claimed.lines, found.answers
    return Sums(
        presented=sum(line.presented for line in lines),
        admissible=sum(line.admissible for line in lines),
        accepted=sum(one.accepted for one in answers.values()),
        refused=sum(one.refused for one in answers.values()),
        waiting=sum(line.place not in answers for line in lines),
    )
