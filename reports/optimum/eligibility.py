"""Who may be put on which post: the function and the diploma of the contract, the approval, hiring.

What holds today stays possible where it is, and no further: nobody is told that it is right.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from grants.models import Post
from grants.snapshots import AwardFacts
from reports.checks.files import diploma_asked, is_enough, least_diplomas
from reports.snapshots import YearFacts
from reports.worker_files import files_of
from staffing.models import ContractLine

FUNCTION, DIPLOMA, APPROVAL, HIRING = "function", "diploma", "approval", "hiring"


@dataclass(frozen=True)
class Candidate:
    """Who would hold a post: function and approval (an id) of the contract, highest diploma.

    `hired` tells whether this worker holds or held a post of the scheme.
    """

    function: str
    diploma: str
    approval: int | None
    hired: bool


def obstacle_of(award: AwardFacts, post: Post, who: Candidate) -> str:
    """What keeps somebody off a post, the first of the four; empty for nothing."""
    financed = award.scheme.functions_of(award.texts.get("form"))
    wrong = award.scheme.functions and post.function not in financed
    if who.function != post.function or wrong:
        return FUNCTION
    if not is_enough(who.diploma, diploma_asked(post, least_diplomas(award).get(post.function))):
        return DIPLOMA
    if award.row.approval_id and who.approval not in {None, award.row.approval_id}:
        return APPROVAL
    if award.scheme.options.get("hired_for") and not who.hired:
        return HIRING
    return ""


def proven(levels: Iterable[tuple[int, str]]) -> Mapping[int, str]:
    """The highest diploma of each worker, from those that the files prove."""
    found: dict[int, str] = {}
    for worker, level in levels:
        if level and is_enough(level, found.get(worker, level)):
            found[worker] = level
    return found


@dataclass
class Eligibility:
    """The answers for one employer-year, each asked once."""

    facts: YearFacts
    _known: dict[tuple[int, int, int], str] = field(default_factory=dict)

    def obstacle(self, award: int, post: Post, line: ContractLine) -> str:
        """What keeps a contract off a post; empty for nothing."""
        key = award, post.pk, line.pk
        if key not in self._known:
            one = self.facts.awards[award]
            diploma = self._diplomas.get(line.worker_id, "") or line.diploma
            hired = (one.scheme.code, line.worker_id) in self._hired
            who = Candidate(line.function, diploma, line.approval_id, hired)
            self._known[key] = obstacle_of(one, post, who)
        return self._known[key]

    @cached_property
    def _diplomas(self) -> Mapping[int, str]:
        files, workers = files_of(self.facts), self.facts.staff.workers
        return proven((one.pk, file.level) for one in workers for file in files.get(one.number, ()))

    @cached_property
    def _hired(self) -> frozenset[tuple[str, int]]:
        """Each scheme with the workers who hold or held a post of it."""
        held = self.facts.staff.holdings
        return frozenset((one.post.award.scheme, one.worker_id) for one in held)


def words_of(obstacle: str) -> str:
    """What keeps somebody off a post, in words."""
    return {
        FUNCTION: _("la fonction du contrat n'est pas celle du poste"),
        DIPLOMA: _("le diplôme est inférieur à celui que le poste demande"),
        APPROVAL: _("le contrat relève d'un autre agrément"),
        HIRING: _("le régime ne paie que les personnes engagées pour lui"),
    }[obstacle]
