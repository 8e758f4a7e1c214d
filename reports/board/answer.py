"""The answer of a scenario in sentences: posts asked, own funds, the heaviest year, posts."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.engine import money
from backoffice.web.templatetags.money import eur, fte_column
from reports.board.reading import Read, Reading
from reports.board.yearly import MISSING, Compared, Side
from reports.scenarios.labels import STATUSES, funder_name
from reports.scenarios.scenario import Scenario

_FTE = 10_000
_SHOWN = 100  # ten-thousandths of an FTE in the least that two decimals show
_ASKED = "asked."
_MOST_NUMBERS = 6


def headline(read: Reading, place: int) -> str:
    """The answer of the scenario at that place in one line, for who reads nothing else."""
    one = read.scenarios[place - 1]
    if not one.is_calculated:
        return " ".join(answer(read, place))
    said = _counted(read, place)
    if not one.uncounted:
        return said
    words = {"said": said.rstrip("."), "numbers": _numbers(one)}
    return (
        ngettext(
            "%(said)s ; sans la modification n° %(numbers)s, qui ne compte pas",
            "%(said)s ; sans les modifications n° %(numbers)s, qui ne comptent pas",
            len(one.uncounted),
        )
        % words
    )


def _counted(read: Reading, place: int) -> str:
    """What the changes that count do to own funds."""
    own = read.table["own_funds"]
    delta = own.sides[place].total.delta
    if own.is_hidden or not delta:
        return answer(read, place)[0]
    words = {"amount": eur(abs(delta)), "first": read.years[0], "last": read.years[-1]}
    if delta > 0:
        said = _("%(amount)s de fonds propres de plus de %(first)s à %(last)s") % words
    else:
        said = _("%(amount)s de fonds propres de moins de %(first)s à %(last)s") % words
    doubt = own.sides[place].total.doubt
    return said if doubt == "confirmed" else f"{said} ({STATUSES[doubt]})"


def answer(read: Reading, place: int = 1) -> list[str]:
    """What the scenario at that place changes, the most important first."""
    one, own = read.scenarios[place - 1], read.table["own_funds"]
    if one.scenario.unchosen:
        choices = ", ".join(_("« %s »") % name for name in one.scenario.unchosen)
        return [_("Pas calculé : choisissez d'abord %(choices)s.") % {"choices": choices}]
    if not one.is_calculated:
        return [_none_counts(one), *one.refused[:1]]
    delta = own.sides[place].total.delta or 0
    asked = list(_asked(read, place))
    unmoved = bool(asked) and not delta and not own.is_hidden
    if unmoved:
        asked[0] += " " + _("Fonds propres : inchangés si la subvention est accordée.")
    return [
        *(asked if unmoved else _own_funds(own, read.years, place)),
        *(() if unmoved or delta or own.is_hidden else _foreseen(read)),
        *_left_out(one),
        *_uncertain(own.sides[place]),
        *_late(one.scenario, delta),
        *_posts(read.table, place),
        *(() if unmoved else asked),
    ]


def _none_counts(one: Read) -> str:
    """Nothing is calculated of a scenario of which no change counts."""
    if not one.uncounted or not one.uncounted[0]:
        return _("Pas calculé : ce scénario ne peut plus être lu.")
    return ngettext(
        "Pas calculé : modification n° %s refusée.",
        "Pas calculé : modifications n° %s refusées.",
        len(one.uncounted),
    ) % _numbers(one)


def _left_out(one: Read) -> Iterator[str]:
    """The changes that do not count, where others do."""
    if one.uncounted:
        yield ngettext(
            "La modification n° %s ne compte pas.",
            "Les modifications n° %s ne comptent pas.",
            len(one.uncounted),
        ) % _numbers(one)


def _numbers(one: Read) -> str:
    """The first numbers of the changes that do not count."""
    shown = ", ".join(map(str, one.uncounted[:_MOST_NUMBERS]))
    return f"{shown}…" if len(one.uncounted) > _MOST_NUMBERS else shown


def _own_funds(own: Compared, years: Sequence[int], place: int) -> Iterator[str]:
    side = own.sides[place]
    if own.is_hidden:
        yield _("Les fonds propres sont masqués : trop peu de services les font bouger.")
        return
    delta = side.total.delta or 0
    words = {"first": years[0], "last": years[-1], "amount": eur(abs(delta))}
    if not delta:
        yield (
            _(
                "De %(first)s à %(last)s, les fonds propres ne changent pas par rapport à ce qui "
                "est déjà prévu."
            )
            % words
        )
        return
    said = _("De %(first)s à %(last)s, il faudrait %(amount)s de fonds propres de plus.")
    if delta < 0:
        said = _("De %(first)s à %(last)s, il faudrait %(amount)s de fonds propres de moins.")
    yield said % words
    moves = [abs(value.delta or 0) for value in side.values]
    place_of = moves.index(max(moves))
    yield _("L'année qui change le plus est %(year)s : %(amount)s.") % {
        "year": years[place_of],
        "amount": _signed(side.values[place_of].delta or 0),
    }


def _foreseen(read: Reading) -> Iterator[str]:
    """What is foreseen without the scenario: the end of a scheme may be in it already."""
    own = [value.known for value in read.table["own_funds"].sides[0].values]
    known = [(cents, -place) for place, cents in enumerate(own) if cents is not None]
    most, place = max(known, default=(0, 0))
    if own[0] is None or most <= own[0]:
        return
    first, year = read.years[0], read.years[-place]
    said = _(
        "Déjà prévu : les fonds propres passent de %(before)s en %(first)s à %(after)s en %(year)s."
    )
    yield said % {"before": eur(own[0]), "first": first, "after": eur(most), "year": year}
    paid = read.table.get("own_fte")
    if paid and not paid.is_hidden:
        said = _(
            "ETP qu'aucune subvention ne paie : %(before)s en %(first)s, %(after)s en %(year)s."
        )
        before, after = (
            fte_column(Fraction(paid.sides[0].values[at].amount, _FTE)) for at in (0, -place)
        )
        yield said % {"before": before, "first": first, "after": after, "year": year}


def _uncertain(side: Side) -> Iterator[str]:
    if side.total.doubt == MISSING:
        yield _("Une subvention au moins a un montant inconnu : ce résultat est incertain.")


def _late(scenario: Scenario, delta: int) -> Iterator[str]:
    """Why an index that comes late still saves own funds: today there is none."""
    late = any({"indexed_by", "late"} <= set(one.values) for one in scenario.changes)
    if late and delta < 0:
        yield _(
            "Aujourd'hui, la projection n'indexe pas ces subventions : c'est l'indexation, même "
            "tardive, qui fait la différence."
        )


def _posts(table: Mapping[str, Compared], place: int) -> Iterator[str]:
    """Posts that lose what paid them, where two decimals show some."""
    if "posts_at_risk" not in table:
        return
    most = max(value.amount for value in table["posts_at_risk"].sides[place].values)
    if money.round_ratio(most, _SHOWN):
        lost = {"fte": fte_column(Fraction(most, _FTE))}
        yield _("Jusqu'à %(fte)s ETP perdent ce qui les payait.") % lost


def _asked(read: Reading, place: int) -> Iterator[str]:
    """Posts asked stand apart: of whom, from when, and their cost where it is known."""
    if "asked_fte" not in read.table:
        return
    yearly = [value.amount for value in read.table["asked_fte"].sides[place].values]
    if not any(yearly):
        return
    costs = [
        (code.removeprefix(_ASKED), one.sides[place].total)
        for code, one in read.table.items()
        if code.startswith(_ASKED)
    ]
    since = read.years[next(at for at, fte in enumerate(yearly) if fte)]
    funders = [of for of, one in costs if one.amount or one.doubt == MISSING]
    words = {
        "posts": _posts_asked(max(yearly), since, funders),
        "amount": eur(sum(one.amount for _of, one in costs)),
    }
    lacking = any(one.doubt == MISSING for _of, one in costs)
    if any(one.amount for _of, one in costs):
        yield _("Coût, sur toute la période : %(amount)s, pour %(posts)s.") % words
        if lacking:
            yield _("Le coût d'une partie des ETP demandés n'est pas connu.")
    else:
        yield _("Coût inconnu : %(posts)s ; le coût d'un ETP n'est pas encore encodé.") % words


def _posts_asked(most: int, since: int, funders: Sequence[str]) -> str:
    """How many FTE, from which year, of whom."""
    said = ngettext(
        "%(fte)s ETP demandé à partir de %(since)s",
        "%(fte)s ETP demandés à partir de %(since)s",
        most // _FTE,
    ) % {"fte": fte_column(Fraction(most, _FTE)), "since": since}
    return f"{said} ({', '.join(map(funder_name, funders))})" if funders else said


def _signed(cents: int) -> str:
    return f"+{eur(cents)}" if cents > 0 else eur(cents)
