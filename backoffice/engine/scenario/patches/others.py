"""Patches that move no cost: days of payment, and employers counted together."""

from dataclasses import replace

from backoffice.engine.phrases import Phrase
from backoffice.engine.projection.facts import Facts
from backoffice.engine.scenario.patch import NOTHING, Patch, Refused, Touches, listed
from backoffice.engine.scenario.patches.awards import award_targets

_PAY_DATES = ("start_share", "delay_days", "twelfths")


def pay_date_patch(facts: Facts, patch: Patch) -> tuple[Facts, Touches]:
    """Change when awards are paid; the treasury reads it, no cost moves.

    Target as for an award. Values: `start_share` of the year paid at its start, `delay_days` later
    than planned, `twelfths` true: provisional twelfths until the letter comes.

    Raises:
        Refused: no such award, or none of these values.
    """
    award_targets(facts, patch.target)
    if not set(patch.values) & set(_PAY_DATES):
        raise Refused(Phrase("donnez une valeur parmi : %(known)s.", known=listed(_PAY_DATES)))
    return replace(facts, pay_dates=(*facts.pay_dates, patch)), NOTHING


def merge_patch(facts: Facts, patch: Patch) -> tuple[Facts, Touches]:
    """Count an employer (target: enterprise number) with another one (`into`) from a month on.

    Awards, posts and contracts go on as they are, and a post that is asked of an employer is asked
    of both once. What else a merger changes in the rights of each scheme is told beside the
    scenario as far as figures say it, and must be said by other patches.

    Raises:
        Refused: one of the two is not here, or they are the same.
    """
    names = facts.names.employers
    absorbed, into = patch.target, patch.text_of("into")
    for one in (absorbed, into):
        if one not in names:
            raise Refused(
                Phrase(
                    "aucun employeur « %(number)s » ici ; ceux d'ici : %(known)s.",
                    number=one,
                    known=listed(names),
                )
            )
    if absorbed == into:
        raise Refused(
            Phrase("une organisation ne fusionne pas avec elle-même : choisissez-en une autre.")
        )
    pair = names.index(absorbed), names.index(into), patch.month
    return replace(facts, merged=(*facts.merged, pair)), NOTHING
