"""Justifications of the first employer that have gone their way, made by the people of the demo.

Every letter and proof says DEMO. What is there already is left as it is, so that a second load
changes nothing.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from backoffice.engine import money
from backoffice.federation.audit import acting
from backoffice.federation.media_types import EVIDENCE_TYPES
from backoffice.federation.models import Organisation, StoredFile
from backoffice.federation.storing import keep_file
from grants.models import Award
from reports.demo.rows import YEARS
from reports.freezing import open_checks
from reports.justifications import award_dossier
from reports.models import JustificationFile, State
from reports.sign_offs import Signature, sign_off_all
from reports.workflow.deciding import Letter, answer, enter_lines, record_decision
from reports.workflow.moves import NEXT
from reports.workflow.preparing import approve, freeze_file, make_ready
from reports.workflow.sending import Payment, Sending, balance_of, correct, recover, send
from reports.workflow.sent_lines import claimed_of
from reports.workflow.steps import Outcome, Step, mark_of, standing_file

_LAST, _BEFORE = YEARS[-1], YEARS[-2]
WAYS: Mapping[tuple[str, int], str] = MappingProxyType(
    {
        (f"SASPP-{_LAST}", _LAST): State.READY,
        ("MARIBEL-332", _LAST): State.APPROVED,
        ("APE-NAMUR", _LAST): State.FROZEN,
        ("ACS-CASG", _BEFORE): State.SENT,
        (f"SASPP-{_BEFORE}", _BEFORE): State.DECIDED,
        ("APE-NAMUR", _BEFORE): State.RECOVERED,
        ("MARIBEL-332", _BEFORE): State.CORRECTED,
    }
)
"""How far each justification has gone, by award and exercise."""
_REASON = "DEMO : vérifié"
_REFUSAL = "DEMO : dépense hors du projet, selon le contrôle"
_CORRECTION = "DEMO : une facture oubliée"


@dataclass(frozen=True)
class Desk:
    """The finance officer and the director of one employer, on the day of the situation."""

    organisation: Organisation
    finance: User
    director: User
    as_of: date


@dataclass(frozen=True)
class _Way:
    """One justification of a desk."""

    desk: Desk
    award: Award
    year: int

    @property
    def file(self) -> JustificationFile:
        return standing_file(self.award, self.year)

    def step(self, by: User) -> Step:
        return Step(self.award, self.year, by, mark_of(self.file), self.desk.as_of)

    @property
    def name(self) -> str:
        return f"DEMO-{self.award.reference}-{self.year}"


def move_on(desk: Desk) -> int:
    """Bring each justification to its state, those that nobody has moved yet; how many moved."""
    moved = 0
    for (reference, year), state in WAYS.items():
        way = _Way(desk, desk.organisation.awards.get(reference=reference), year)
        if way.file.pk is None:
            _bring(way, state)
            moved += 1
    return moved


def _bring(way: _Way, state: str) -> None:
    _accept(way)
    before_the_end = {State.RECOVERED: State.DECIDED, State.CORRECTED: State.SENT}
    while way.file.state != before_the_end.get(State(state), state):
        _act(way, _ACTS[NEXT[way.file.state]])
    if state in before_the_end:
        _act(way, _recover if state == State.RECOVERED else _correct)


def _act(way: _Way, move: Callable[[_Way], Outcome]) -> None:
    """One move, by whoever has its right."""
    by = way.desk.director if move is _approve else way.desk.finance
    with acting(by):
        move(way)


def _accept(way: _Way) -> None:
    """The warnings of a justification, accepted by name."""
    desk = way.desk
    dossier = award_dossier(desk.organisation, way.award.reference, way.year, desk.as_of)
    subjects = [check.subject for check in open_checks(dossier) if check.level == "warning"]
    by = Signature(f"DEMO {desk.finance.get_full_name()}", _REASON, desk.finance)
    with acting(desk.finance):
        sign_off_all(award=way.award, dossier=dossier, subjects=subjects, by=by, on=desk.as_of)


def _ready(way: _Way) -> Outcome:
    return make_ready(step=way.step(way.desk.finance))


def _approve(way: _Way) -> Outcome:
    return approve(step=way.step(way.desk.director))


def _freeze(way: _Way) -> Outcome:
    return freeze_file(step=way.step(way.desk.finance))


def _send(way: _Way) -> Outcome:
    proof = _paper(way, "Accusé de réception inventé")
    sending = Sending(timezone.now(), f"{way.name}-RECOMMANDE", proof)
    return send(step=way.step(way.desk.finance), sending=sending)


def _decide(way: _Way) -> Outcome:
    """All accepted but half of the line that asks for most."""
    version = way.file.justification
    if version is None:
        raise LookupError(way.name)
    most = max(claimed_of(version).lines, key=lambda line: (line.admissible, line.place))
    refused = {most.place: answer(most, most.admissible // 2, _REFUSAL)}
    enter_lines(step=way.step(way.desk.finance), answers=refused)
    document = _paper(way, "Décision inventée du pouvoir subsidiant")
    letter = Letter(timezone.localdate(), f"{way.name}-DECISION", document)
    return record_decision(step=way.step(way.desk.finance), letter=letter, accept_rest=True)


def _recover(way: _Way) -> Outcome:
    left = balance_of(way.file).left
    if left is None:
        raise LookupError(way.name)
    paid = Payment(timezone.localdate(), Decimal(money.euros(-left)), f"{way.name}-RETOUR")
    return recover(step=way.step(way.desk.finance), payment=paid)


def _correct(way: _Way) -> Outcome:
    return correct(step=way.step(way.desk.finance), reason=_CORRECTION)


_ACTS: Mapping[str, Callable[[_Way], Outcome]] = MappingProxyType(
    {
        "ready": _ready,
        "approve": _approve,
        "freeze": _freeze,
        "send": _send,
        "decide": _decide,
    }
)


def _paper(way: _Way, title: str) -> StoredFile:
    """A page that proves nothing, and says so."""
    page = Image.new("L", (1240, 480), "white")
    draw = ImageDraw.Draw(page)
    lines = ("DEMO", title, way.name, "Aucun nom, montant ni courrier n'est réel.")
    for place, line in enumerate(lines):
        draw.text((60, 50 + 95 * place), line, fill="black", font_size=54)
    kept = io.BytesIO()
    page.save(kept, "PNG")
    upload = SimpleUploadedFile(f"{way.name}.png", kept.getvalue())
    return keep_file(
        organisation=way.desk.organisation,
        upload=upload,
        types=EVIDENCE_TYPES,
        by=way.desk.finance,
    )
