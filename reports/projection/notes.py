"""What a projection assumes, in sentences: one for each note of a run, with the way out."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from django.utils.translation import gettext as _

from backoffice.engine.periods import parse_month
from backoffice.engine.projection.facts import Names, Note
from backoffice.web.templatetags.money import month_words

_SHOWN = 10


def sentences(names: Names, notes: Sequence[Note]) -> list[str]:
    """The notes of a run in their order, each said once."""
    return list(dict.fromkeys(_SAID[note.code](_words(names, note)) for note in notes))


def _words(names: Names, note: Note) -> dict[str, object]:
    """What the sentences may name: an award, how many workers and which, a regime and a month."""
    shown = ", ".join(names.workers[worker] for worker in note.workers[:_SHOWN])
    more = "…" if len(note.workers) > _SHOWN else ""
    regime, _space, month = note.subject.rpartition(" ")
    return {
        "subject": note.subject,
        "who": f"{note.count} ({shown}{more})" if shown else str(note.count),
        "regime": regime,
        "month": month,
    }


def _month(words: dict[str, object]) -> dict[str, object]:
    return {**words, "month": month_words(parse_month(str(words["month"])))}


_SAID: Mapping[str, Callable[[dict[str, object]], str]] = MappingProxyType(
    {
        "renewed": lambda words: (
            _(
                "%(subject)s : aucune lettre n'est connue pour les années à venir ; la subvention "
                "est reconduite aux mêmes conditions et au même montant, sans index (hypothèse)."
            )
            % words
        ),
        "grant_carried": lambda words: (
            _(
                "%(subject)s : le montant des années à venir n'est pas connu ; celui du dernier "
                "exercice complet est repris (hypothèse). Encodez la lettre dès qu'elle arrive."
            )
            % words
        ),
        "grant_unknown": lambda words: (
            _(
                "%(subject)s : le montant accordé n'est pas connu ; ce que paie la subvention et "
                "les fonds propres de ses travailleurs restent inconnus. Encodez ses termes."
            )
            % words
        ),
        "invoices_repeated": lambda _words: _(
            "Les factures du dernier exercice complet reviennent chaque année (hypothèse)."
        ),
        "absent_back": lambda words: (
            _(
                "Travailleurs absents que personne ne remplace, comptés comme revenus : %(who)s. "
                "Encodez leur remplacement ou la fin de leur contrat."
            )
            % words
        ),
        "pay_unknown": lambda words: (
            _(
                "Travailleurs dont rien ne donne la paie, ni barème connu ni mois de paie : "
                "%(who)s. Leur coût n'est pas compté : encodez un mois de paie."
            )
            % words
        ),
        "pay_observed": lambda words: (
            _(
                "Travailleurs dont le barème nous est inconnu : %(who)s. Leur dernière paie "
                "réelle, portée par l'index, sert de base (hypothèse)."
            )
            % words
        ),
        "pay_off_scale": lambda words: (
            _(
                "Travailleurs dont la dernière paie s'écarte de plus de 1 %% du barème de leur "
                "contrat : %(who)s. C'est le barème qui est suivi : vérifiez leur contrat."
            )
            % words
        ),
        "items_unknown": lambda words: (
            _(
                "Travailleurs sans aucun mois de paie connu : %(who)s. Leurs primes, leurs frais "
                "et leurs réductions de cotisations ne sont pas comptés."
            )
            % words
        ),
        "premiums_carried": lambda _words: _(
            "Primes de l'année, d'après la dernière connue (hypothèse) : celle de fin d'année suit "
            "la paie, part fixe comprise ; la prime annuelle ne suit que le temps de travail et "
            "les mois prestés, sans index (CCT n° 113227, CP 332 COCOF ; à confirmer ailleurs)."
        ),
        "residence_by_rule": lambda words: (
            _(
                "Allocation de foyer ou de résidence : %(who)s. Elle suit l'index et baisse ou "
                "cesse quand la paie à temps plein passe les limites publiées pour la CP 318.01, "
                "dont leur dernière allocation a le montant (à confirmer pour un autre secteur)."
            )
            % words
        ),
        "residence_kept": lambda words: (
            _(
                "Allocation de foyer ou de résidence d'un autre montant que ceux publiés : "
                "%(who)s. Elle reste celle de la dernière année connue : la limite de paie qui la "
                "ferait baisser n'est pas connue (à confirmer)."
            )
            % words
        ),
        "exit_holiday": lambda words: (
            _(
                "Travailleurs dont le contrat finit : %(who)s. Leur dernier mois porte leur pécule "
                "de sortie, au taux de la provision, cotisations comprises ; les jours de l'année "
                "d'avant qu'ils n'ont pas pris ne sont pas connus (hypothèse)."
            )
            % words
        ),
        "figure_missing": lambda words: str(words["subject"]),
        "index_stops": lambda words: (
            _(
                "Le régime d'index « %(regime)s » n'est connu que jusqu'en %(month)s : ensuite les "
                "salaires ne bougent plus. Ajoutez une hypothèse de croissance de l'index."
            )
            % _month(words)
        ),
        "cap_carried": lambda words: (
            _(
                "Le seuil de l'indexation plafonnée du régime « %(regime)s » en %(month)s n'est "
                "pas connu : le dernier seuil connu est repris (hypothèse)."
            )
            % _month(words)
        ),
        "cap_contribution": lambda words: (
            _(
                "Régime d'index « %(regime)s », plafonné à partir de %(month)s : la cotisation "
                "spéciale de modération que l'employeur doit à l'ONSS, moitié de ce que le plafond "
                "lui épargne (loi-programme du 30 mai 2026), n'est pas comptée, faute d'une règle "
                "de calcul confirmée ; le coût réel sera plus élevé."
            )
            % _month(words)
        ),
    }
)
