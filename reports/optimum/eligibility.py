"""Who may be put on which post: the function and the diploma of the contract, the approval, hiring.

What holds today stays possible where it is, and no further: nobody is told that it is right.
"""

from collections.abc import Mapping
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


@dataclass
class Eligibility:
    """The answers for one employer-year, each asked once."""

    facts: YearFacts
    _known: dict[tuple[int, int, int], str] = field(default_factory=dict)

    def obstacle(self, award: int, post: Post, line: ContractLine) -> str:
        """What keeps a contract off a post, the first of the four; empty for nothing."""
        key = award, post.pk, line.pk
        if key not in self._known:
            self._known[key] = self._obstacle(self.facts.awards[award], post, line)
        return self._known[key]

    def _obstacle(self, award: AwardFacts, post: Post, line: ContractLine) -> str:
        financed = award.scheme.functions_of(award.texts.get("form"))
        wrong = award.scheme.functions and post.function not in financed
        if line.function != post.function or wrong:
            return FUNCTION
        wanted = diploma_asked(post, least_diplomas(award).get(post.function))
        if not is_enough(self._diplomas.get(line.worker_id, "") or line.diploma, wanted):
            return DIPLOMA
        if award.row.approval_id and line.approval_id not in {None, award.row.approval_id}:
            return APPROVAL
        if award.scheme.options.get("hired_for") and line.worker_id not in self._hired(award):
            return HIRING
        return ""

    @cached_property
    def _diplomas(self) -> Mapping[int, str]:
        """The highest diploma that the file of each worker proves."""
        files, found = files_of(self.facts), dict[int, str]()
        for worker in self.facts.staff.workers:
            levels = [one.level for one in files.get(worker.number, ()) if one.level]
            for level in levels:
                if is_enough(level, found.get(worker.pk, level)):
                    found[worker.pk] = level
        return found

    def _hired(self, award: AwardFacts) -> frozenset[int]:
        """The workers who hold or held a post of the same scheme."""
        code = award.scheme.code
        return frozenset(
            one.worker_id for one in self.facts.staff.holdings if one.post.award.scheme == code
        )


def words_of(obstacle: str) -> str:
    """What keeps somebody off a post, in words."""
    return {
        FUNCTION: _("la fonction du contrat n'est pas celle du poste"),
        DIPLOMA: _("le diplôme est inférieur à celui que le poste demande"),
        APPROVAL: _("le contrat relève d'un autre agrément"),
        HIRING: _("le régime ne paie que les personnes engagées pour lui"),
    }[obstacle]
