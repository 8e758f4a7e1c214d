"""A day of the exercise in words: when it falls, for which exercises and awards."""

from fractions import Fraction

from backoffice.engine.sheet import labels
from backoffice.web.templatetags.money import eur
from grants.terms import TERMS
from grants.year_rules import YearRule
from reports.rulebook.content import Text

_MONTHS_FR = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre"),
    *("octobre", "novembre", "décembre"),
)
_MONTHS_NL = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september"),
    *("oktober", "november", "december"),
)
_YEARS = {
    0: labels("de l'exercice", "van het boekjaar"),
    1: labels("de l'année suivante", "van het volgende jaar"),
}
_STARTS = {
    "end": labels("la fin de la subvention", "het einde van de subsidie"),
    "exercise_end": labels("la fin de l'exercice", "het einde van het boekjaar"),
    "semester_1": labels("le 30 juin", "30 juni"),
    "semester_2": labels("le 31 décembre", "31 december"),
    "notified_on": labels("la notification", "de kennisgeving"),
}
_CENTS = 100


def when(rule: YearRule) -> Text:
    """The day of a rule, counted from the exercise."""
    words = _counted(rule) if rule.after else _fixed(rule)
    if rule.business_day_after:
        return labels(
            f"premier jour ouvrable après le {words['fr']}",
            f"eerste werkdag na {words['nl']}",
        )
    return words


def _fixed(rule: YearRule) -> Text:
    assert rule.month is not None  # noqa: S101 - a rule has a day or counts from one
    year = _YEARS.get(
        rule.years,
        labels(f"de la {rule.years}e année suivante", f"van het {rule.years}e volgende jaar"),
    )
    first = "1er" if rule.day == 1 else str(rule.day)
    return labels(
        f"{first} {_MONTHS_FR[rule.month - 1]} {year['fr']}",
        f"{rule.day} {_MONTHS_NL[rule.month - 1]} {year['nl']}",
    )


def _counted(rule: YearRule) -> Text:
    start = _STARTS.get(rule.after)
    if start is None:
        term = TERMS[rule.after]
        start = labels(f"« {term.fr} » (lettre)", f"“{term.nl}” (brief)")
    delay_fr = [f"{rule.months} mois"] if rule.months else []
    delay_nl = (
        [f"{rule.months} {'maand' if rule.months == 1 else 'maanden'}"] if rule.months else []
    )
    if rule.days:
        plural = rule.days > 1
        delay_fr.append(f"{rule.days} {'jours' if plural else 'jour'}")
        delay_nl.append(f"{rule.days} {'dagen' if plural else 'dag'}")
    if not delay_fr:
        return start
    end_fr, end_nl = (", en fin de mois", ", op het einde van de maand")
    kept = rule.end_of_month
    return labels(
        f"{' et '.join(delay_fr)} après {start['fr']}{end_fr if kept else ''}",
        f"{' en '.join(delay_nl)} na {start['nl']}{end_nl if kept else ''}",
    )


def bounds(rule: YearRule) -> Text:
    """The exercises, fund, reading and amounts for which a rule holds; a dash for all of them."""
    found = [
        *_exercises(rule),
        *([labels(f"fonds {rule.fund}", f"fonds {rule.fund}")] if rule.fund else []),
        *(
            [labels(f"lecture « {rule.reading} »", f"lezing “{rule.reading}”")]
            if rule.reading
            else []
        ),
        *(
            [labels(f"au-dessus de {_euros(rule.above)}", f"boven {_euros(rule.above)}")]
            if rule.above is not None
            else []
        ),
        *(
            [labels(f"jusqu'à {_euros(rule.up_to)}", f"tot en met {_euros(rule.up_to)}")]
            if rule.up_to is not None
            else []
        ),
    ]
    if not found:
        return labels("tous", "alle")
    return {lang: ", ".join(one[lang] for one in found) for lang in ("fr", "nl")}


def _exercises(rule: YearRule) -> list[Text]:
    if rule.first and rule.first == rule.last:
        return [labels(f"exercice {rule.first}", f"boekjaar {rule.first}")]
    if rule.first and rule.last:
        return [
            labels(
                f"exercices {rule.first} à {rule.last}", f"boekjaren {rule.first} tot {rule.last}"
            )
        ]
    if rule.first:
        return [labels(f"à partir de l'exercice {rule.first}", f"vanaf boekjaar {rule.first}")]
    if rule.last:
        return [labels(f"jusqu'à l'exercice {rule.last}", f"tot boekjaar {rule.last}")]
    return []


def _euros(amount: Fraction | None) -> str:
    return eur(None if amount is None else int(amount * _CENTS))
