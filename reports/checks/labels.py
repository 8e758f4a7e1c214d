"""What each rule looks at, in one line and two languages, how it is said and whom it concerns.

One entry per rule of `reports.checks.all_checks.RULES`, by the name of its function; a test holds
the two together. The rule book and the help of the site show them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from backoffice.engine.sheet import labels
from grants.scheme import Scheme

_PER_FTE = frozenset(("capped_cost", "post_premium"))


def _always(_scheme: Scheme) -> bool:
    return True


def _option(name: str) -> Callable[[Scheme], bool]:
    return lambda scheme: bool(scheme.options.get(name))


@dataclass(frozen=True)
class CheckLabel:
    """One rule in words; `levels` are those it may bear, the strictest first."""

    label: Mapping[str, str]
    levels: tuple[str, ...]
    concerns: Callable[[Scheme], bool] = _always


_ERROR, _WARNING, _INFO = ("error",), ("warning",), ("info",)

LABELS: Mapping[str, CheckLabel] = MappingProxyType(
    {
        "scheme_not_in_force": CheckLabel(
            labels(
                "L'exercice est dans la vie du régime",
                "Het boekjaar valt binnen de levensduur van de regeling",
            ),
            _ERROR,
        ),
        "terms_missing": CheckLabel(
            labels(
                "Toutes les valeurs et tous les termes de la lettre sont connus",
                "Alle waarden en alle voorwaarden van de brief zijn gekend",
            ),
            _ERROR,
        ),
        "letter_to_come": CheckLabel(
            labels("La lettre d'octroi est reçue", "De toekenningsbrief is ontvangen"), _ERROR
        ),
        "approval_of_the_scheme": CheckLabel(
            labels(
                "La subvention est liée à un agrément que le régime finance",
                "De subsidie hangt vast aan een erkenning die de regeling financiert",
            ),
            _ERROR,
            lambda scheme: bool(scheme.approvals),
        ),
        "staff_share_below_minimum": CheckLabel(
            labels(
                "Les frais de personnel atteignent la part minimale de la subvention",
                "De personeelskosten halen het minimumaandeel van de subsidie",
            ),
            ("error", "warning"),
            _option("staff_share_min"),
        ),
        "staff_share_projected": CheckLabel(
            labels(
                "En cours d'année, les frais de personnel vont vers leur part minimale",
                "In de loop van het jaar gaan de personeelskosten naar hun minimumaandeel",
            ),
            _WARNING,
            _option("staff_share_min"),
        ),
        "granted_below_minimum": CheckLabel(
            labels(
                "Le montant accordé n'est pas inférieur au minimum du texte",
                "Het toegekende bedrag ligt niet onder het minimum van de tekst",
            ),
            _WARNING,
            _option("granted_min"),
        ),
        "assignments_outside_contract": CheckLabel(
            labels(
                "Chaque jour d'affectation est couvert par un contrat",
                "Elke dag van een toewijzing valt onder een contract",
            ),
            _ERROR,
        ),
        "hours_financed_twice": CheckLabel(
            labels(
                "Aucune heure n'est financée par deux subventions, sauf cumul autorisé",
                "Geen uur is door twee subsidies gefinancierd, tenzij cumulatie mag",
            ),
            ("error", "warning", "info"),
        ),
        "hours_twice_on_the_award": CheckLabel(
            labels(
                "Aucune heure n'est portée deux fois sur la même subvention",
                "Geen uur staat twee keer op dezelfde subsidie",
            ),
            _ERROR,
        ),
        "posts_overfilled": CheckLabel(
            labels(
                "Les affectations ne dépassent pas les ETP du poste",
                "De toewijzingen gaan niet boven de VTE van de post",
            ),
            _WARNING,
        ),
        "invoices_claimed_twice": CheckLabel(
            labels(
                "Une même facture n'est pas demandée sous deux pièces",
                "Eenzelfde factuur wordt niet onder twee stukken gevraagd",
            ),
            _ERROR,
        ),
        "invoices_maybe_twice": CheckLabel(
            labels(
                "Deux pièces ne portent pas le même numéro du même fournisseur",
                "Twee stukken dragen niet hetzelfde nummer van dezelfde leverancier",
            ),
            _WARNING,
        ),
        "invoices_without_evidence": CheckLabel(
            labels("Chaque facture a son document", "Elke factuur heeft haar document"), _ERROR
        ),
        "hours_above_contract": CheckLabel(
            labels(
                "Les heures affectées ne dépassent pas celles du contrat",
                "De toegewezen uren gaan niet boven die van het contract",
            ),
            _WARNING,
        ),
        "months_without_pay": CheckLabel(
            labels(
                "Chaque mois affecté et écoulé a une paie",
                "Elke toegewezen en voorbije maand heeft een loon",
            ),
            _WARNING,
        ),
        "staff_without_evidence": CheckLabel(
            labels(
                "Contrats et comptes individuels ont leur document",
                "Contracten en individuele rekeningen hebben hun document",
            ),
            _WARNING,
        ),
        "payments_without_proof": CheckLabel(
            labels(
                "Chaque facture payée a sa preuve de paiement",
                "Elke betaalde factuur heeft haar betalingsbewijs",
            ),
            _WARNING,
        ),
        "evaluations": CheckLabel(
            labels(
                "Chaque période échue est évaluée, et positivement",
                "Elke verstreken periode is geëvalueerd, en positief",
            ),
            ("error", "warning", "info"),
            _option("period_years"),
        ),
        "period_of_the_law": CheckLabel(
            labels(
                "La subvention dure ce que le texte prévoit",
                "De subsidie duurt zolang de tekst voorziet",
            ),
            _WARNING,
            _option("period_years"),
        ),
        "amount_of_the_formula": CheckLabel(
            labels(
                "Le montant de la lettre est celui de l'indice de décembre",
                "Het bedrag van de brief is dat van de index van december",
            ),
            _WARNING,
            _option("period_years"),
        ),
        "earlier_subsidies": CheckLabel(
            labels(
                "Les années de subsides antérieurs que le texte demande sont là",
                "De jaren van eerdere subsidies die de tekst vraagt, zijn er",
            ),
            _WARNING,
            _option("earlier_years"),
        ),
        "activity_under_approval": CheckLabel(
            labels(
                "L'activité n'est pas celle d'un agrément déjà subsidié",
                "De activiteit is niet die van een al gesubsidieerde erkenning",
            ),
            _WARNING,
            _option("period_years"),
        ),
        "days_before_notification": CheckLabel(
            labels(
                "Aucun jour d'affectation ne précède la notification",
                "Geen dag van een toewijzing gaat de kennisgeving vooraf",
            ),
            _WARNING,
            _option("after_notification"),
        ),
        "investment_of_the_year": CheckLabel(
            labels(
                "Le seuil d'investissement de l'année n'est compté qu'une fois",
                "De investeringsdrempel van het jaar wordt maar één keer geteld",
            ),
            _WARNING,
            lambda scheme: scheme.heads.get("investment", "excluded") != "excluded",
        ),
        "invoices_not_admitted": CheckLabel(
            labels(
                "Chaque facture est de l'exercice et d'une rubrique que le régime finance",
                "Elke factuur hoort bij het boekjaar en bij een gefinancierde rubriek",
            ),
            _WARNING,
        ),
        "approval_for_part_of_the_year": CheckLabel(
            labels(
                "L'agrément couvre tous les mois de l'exercice",
                "De erkenning dekt alle maanden van het boekjaar",
            ),
            _WARNING,
            _option("approval_months"),
        ),
        "reading_to_choose": CheckLabel(
            labels(
                "Là où le texte est ambigu, une lecture est choisie",
                "Waar de tekst dubbelzinnig is, is een lezing gekozen",
            ),
            ("warning", "info"),
            lambda scheme: bool(scheme.readings),
        ),
        "function_not_financed": CheckLabel(
            labels(
                "Chaque poste est d'une fonction que le régime finance",
                "Elke post hoort bij een functie die de regeling financiert",
            ),
            _WARNING,
            lambda scheme: bool(scheme.functions),
        ),
        "premium_provisional": CheckLabel(
            labels(
                "Le montant de la prime est comparé à la convention",
                "Het bedrag van de premie is met de overeenkomst vergeleken",
            ),
            _WARNING,
            _option("provisional"),
        ),
        "premium_rate_below": CheckLabel(
            labels(
                "Le taux de la prime n'est pas inférieur à celui de toutes les associations",
                "Het percentage van de premie ligt niet onder dat van alle verenigingen",
            ),
            _WARNING,
            lambda scheme: scheme.shape == "post_premium",
        ),
        "vge_below_reference": CheckLabel(
            labels(
                "Le volume global de l'emploi atteint sa référence",
                "Het globale tewerkstellingsvolume haalt zijn referentie",
            ),
            ("warning", "info"),
            lambda scheme: scheme.shape == "indexed_amount",
        ),
        "vep_not_reached": CheckLabel(
            labels(
                "Le volume de l'emploi des postes atteint le minimum de la décision",
                "Het tewerkstellingsvolume van de posten haalt het minimum van de beslissing",
            ),
            _WARNING,
            lambda scheme: scheme.shape == "indexed_amount",
        ),
        "figures_stale": CheckLabel(
            labels(
                "Les valeurs annuelles sont celles de l'exercice",
                "De jaarlijkse waarden zijn die van het boekjaar",
            ),
            _WARNING,
        ),
        "scheme_ends_before_award": CheckLabel(
            labels(
                "La subvention ne court pas au-delà de la fin du régime",
                "De subsidie loopt niet voorbij het einde van de regeling",
            ),
            _WARNING,
            lambda scheme: scheme.ends_on is not None,
        ),
        "scale_not_admitted": CheckLabel(
            labels(
                "Le barème de chaque contrat est admis par la lettre",
                "De loonschaal van elk contract is door de brief toegelaten",
            ),
            _WARNING,
            _option("scale_bound"),
        ),
        "grant_not_used": CheckLabel(
            labels(
                "Les coûts admissibles utilisent tout le montant accordé",
                "De aanvaardbare kosten gebruiken het hele toegekende bedrag",
            ),
            _WARNING,
        ),
        "figures_forecast": CheckLabel(
            labels(
                "Aucun montant ne repose sur une prévision",
                "Geen bedrag steunt op een vooruitzicht",
            ),
            _ERROR,
        ),
        "figures_to_confirm": CheckLabel(
            labels(
                "Les valeurs non confirmées sont acceptées nommément",
                "Niet-bevestigde waarden zijn bij naam aanvaard",
            ),
            _WARNING,
        ),
        "cost_items_to_confirm": CheckLabel(
            labels(
                "Les coûts dont le traitement n'est pas confirmé sont acceptés nommément",
                "Kosten waarvan de behandeling niet bevestigd is, zijn bij naam aanvaard",
            ),
            _WARNING,
        ),
        "cost_cut_by_scale": CheckLabel(
            labels("Coût au-dessus du barème", "Kost boven de loonschaal"),
            _INFO,
            _option("scale_bound"),
        ),
        "cost_cut_by_frame": CheckLabel(
            labels("Coût des ETP au-dessus du cadre", "Kost van de VTE boven het kader"),
            _INFO,
            _option("framed"),
        ),
        "cost_above_bound": CheckLabel(
            labels("Coût au-dessus du montant par ETP", "Kost boven het bedrag per VTE"),
            _INFO,
            lambda scheme: scheme.shape in _PER_FTE,
        ),
        "heads_above_maximum": CheckLabel(
            labels("Rubrique au-dessus de son maximum", "Rubriek boven haar maximum"),
            _INFO,
            lambda scheme: bool(set(scheme.heads.values()) - {"full", "excluded"}),
        ),
        "instalments_late": CheckLabel(
            labels(
                "Tranches reçues ou attendues en retard", "Schijven te laat ontvangen of verwacht"
            ),
            _INFO,
        ),
        "instalments_not_recorded": CheckLabel(
            labels(
                "Chaque tranche que le régime prévoit est encodée",
                "Elke schijf die de regeling voorziet, is ingevoerd",
            ),
            _INFO,
            lambda scheme: bool(scheme.instalments),
        ),
        "negative_months": CheckLabel(
            labels("Mois dont le coût est négatif", "Maanden met een negatieve kost"), _INFO
        ),
        "money_to_give_back": CheckLabel(
            labels(
                "Ce qui est reçu en trop, et le texte qui le fait rendre",
                "Wat te veel ontvangen is, en de tekst die het doet terugbetalen",
            ),
            _INFO,
        ),
        "award_amended": CheckLabel(
            labels("Avenants qui touchent l'exercice", "Bijvoegsels die het boekjaar raken"), _INFO
        ),
        "retroactive_decisions": CheckLabel(
            labels("Décisions à effet rétroactif", "Beslissingen met terugwerkende kracht"), _INFO
        ),
        "shared_workers": CheckLabel(
            labels(
                "Travailleurs partagés avec un autre agrément",
                "Werknemers gedeeld met een andere erkenning",
            ),
            _INFO,
        ),
    }
)


def checks_of(scheme: Scheme) -> list[tuple[str, CheckLabel]]:
    """The rules that concern a scheme, by the name of their function, in the order of the list."""
    return [(name, one) for name, one in LABELS.items() if one.concerns(scheme)]
