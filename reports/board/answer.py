"""The answer of a scenario in sentences: own funds, the heaviest year, posts."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from django.utils.translation import gettext as _

from backoffice.web.templatetags.money import eur, fte_column
from reports.board.yearly import MISSING, Compared

_FTE = 10_000


def answer(table: Mapping[str, Compared], years: Sequence[int], place: int = 1) -> list[str]:
    """What the scenario at that place changes, the most important first."""
    return [
        *_own_funds(table["own_funds"], years, place),
        *(_posts(table, place) if "posts_at_risk" in table else ()),
        *_asked(table, place),
    ]


def _own_funds(own: Compared, years: Sequence[int], place: int) -> Iterator[str]:
    side = own.sides[place]
    if own.is_hidden:
        yield _("Les fonds propres sont masqués : trop peu de services les font bouger.")
        return
    delta = side.total.delta or 0
    words = {"first": years[0], "last": years[-1], "amount": eur(abs(delta))}
    if delta > 0:
        yield _("De %(first)s à %(last)s, il faut %(amount)s de fonds propres en plus.") % words
    elif delta < 0:
        yield _("De %(first)s à %(last)s, il faut %(amount)s de fonds propres en moins.") % words
    else:
        yield _("De %(first)s à %(last)s, les fonds propres ne changent pas.") % words
    if delta:
        moves = [abs(value.delta or 0) for value in side.values]
        place_of = moves.index(max(moves))
        yield _("L'année qui change le plus est %(year)s : %(amount)s.") % {
            "year": years[place_of],
            "amount": _signed(side.values[place_of].delta or 0),
        }
    if side.total.doubt == MISSING:
        yield _("Une subvention au moins a un montant inconnu : ce résultat est incertain.")


def _posts(table: Mapping[str, Compared], place: int) -> Iterator[str]:
    most = max(value.amount for value in table["posts_at_risk"].sides[place].values)
    if most:
        lost = {"fte": fte_column(Fraction(most, _FTE))}
        yield _("Jusqu'à %(fte)s ETP perdent ce qui les payait.") % lost


def _asked(table: Mapping[str, Compared], place: int) -> Iterator[str]:
    """Posts asked stand apart: their FTE, their cost where it is known, and what is not."""
    if "asked_fte" not in table:
        return
    most = max(value.amount for value in table["asked_fte"].sides[place].values)
    if not most:
        return
    yield _("%(fte)s ETP sont demandés ; ils ne pèsent pas sur les fonds propres.") % {
        "fte": fte_column(Fraction(most, _FTE))
    }
    cost = sum(
        one.sides[place].total.amount for code, one in table.items() if code.startswith("asked.")
    )
    if cost:
        yield _("Leur coût, sur toute la période : %(amount)s.") % {"amount": eur(cost)}
    unpriced = table.get("unpriced_fte")
    lacking = unpriced.sides[place].values if unpriced else ()
    if any(value.amount for value in lacking) or not (cost or unpriced):
        yield _("Le coût d'une partie des ETP demandés n'est pas connu.")


def _signed(cents: int) -> str:
    return f"+{eur(cents)}" if cents > 0 else eur(cents)
