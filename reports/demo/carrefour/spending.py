"""What the association buys in a year: supplier, category, service, price, rhythm and funders."""

from fractions import Fraction

from reports.demo.carrefour.organisation import CASG, SASPP
from reports.demo.journal import OWN, QUARTERLY, Key, Purchase

_ALL = Fraction(1)
COCOF: Key = (("organic", _ALL),)
COCOM: Key = (("optional", _ALL),)
WALLONIA: Key = (("saspp", _ALL),)
PREMISES: Key = (("organic", Fraction(80, 100)), ("optional", Fraction(20, 100)))
LINES: Key = (("organic", Fraction(98, 100)), ("optional", Fraction(2, 100)))
OFFICES: Key = (("organic", Fraction(70, 100)), ("saspp", Fraction(30, 100)))
THIRDS: Key = tuple((name, Fraction(1, 3)) for name in ("organic", "optional", "saspp"))

WORDS = {
    PREMISES: "Surface occupée 80/20",
    LINES: "Lignes téléphoniques 98/2",
    OFFICES: "Postes de travail 70/30",
    THIRDS: "Par tiers",
}


PURCHASES: tuple[Purchase, ...] = (
    Purchase(1, "rent", CASG, "Loyer du siège", 148_000, keys=(PREMISES,)),
    Purchase(2, "rent", CASG, "Loyer de l'antenne", 69_000),
    Purchase(3, "rent", SASPP, "Loyer des bureaux de Namur", 78_500, keys=(WALLONIA,)),
    Purchase(4, "energy", CASG, "Gaz et électricité du siège", 26_400, swing=35),
    Purchase(4, "energy", SASPP, "Électricité de Namur", 11_800, keys=(WALLONIA,), swing=30),
    Purchase(4, "energy", CASG, "Électricité de l'antenne", 9_900, swing=25),
    Purchase(5, "energy", CASG, "Eau du siège", 9_150, QUARTERLY, swing=15),
    Purchase(
        6, "telecom", CASG, "Téléphone et internet du siège", 18_225, keys=(LINES,), rises=False,
    ),
    Purchase(6, "telecom", SASPP, "Téléphone et internet de Namur", 6_490, keys=(WALLONIA,)),
    Purchase(7, "telecom", CASG, "Abonnements mobiles", 9_680, swing=10),
    Purchase(8, "upkeep", CASG, "Nettoyage du siège", 41_140, keys=(PREMISES,)),
    Purchase(8, "upkeep", SASPP, "Nettoyage de Namur", 14_520, keys=(WALLONIA,)),
    Purchase(9, "office", CASG, "Fournitures de bureau", 9_600, keys=(COCOF, COCOM), swing=40),
    Purchase(10, "office", None, "Location du copieur", 13_370, keys=(OFFICES,), swing=20),
    Purchase(11, "software", None, "Licences du dossier social", 14_940, keys=(OFFICES,)),
    Purchase(12, "software", None, "Hébergement et noms de domaine", 8_712, QUARTERLY, (OWN,)),
    Purchase(13, "fees", None, "Comptabilité du mois", 48_400, keys=(OFFICES,)),
    Purchase(
        14, "fees", None, "Contrôle des comptes annuels", 78_508, (5,), (THIRDS,), rises=False,
    ),
    Purchase(15, "insurance", None, "Responsabilité civile", 39_350, (1, 7), (COCOF,)),
    Purchase(15, "insurance", SASPP, "Incendie et contenu, Namur", 28_640, (3,), (WALLONIA,)),
    Purchase(16, "travel", CASG, "Titres de transport de service", 5_200, keys=(COCOM,), swing=40),
    Purchase(16, "travel", SASPP, "Déplacements de rue", 7_400, keys=(WALLONIA,), swing=40),
    Purchase(
        17, "communication", CASG, "Dépliants et affiches", 24_200, (2, 4, 6, 9, 10, 11),
        (COCOF, COCOM), 30,
    ),
    Purchase(18, "activities", CASG, "Matériel d'animation", 8_900, keys=(COCOM, COCOF), swing=45),
    Purchase(
        19, "training", CASG, "Formation continue", 31_000, (1, 2, 3, 4, 5, 6, 9, 10, 11),
        swing=25,
    ),
    Purchase(
        20, "supervision", CASG, "Supervision d'équipe", 24_000, (1, 2, 3, 4, 5, 6, 9, 10, 11),
    ),
    Purchase(
        20, "supervision", SASPP, "Supervision d'équipe, Namur", 22_000, (2, 4, 6, 9, 11),
        (WALLONIA,),
    ),
    Purchase(21, "upkeep", CASG, "Dépannage", 18_100, (1, 3, 4, 6, 9, 11), (COCOF, OWN), 40),
    Purchase(
        22, "equipment", CASG, "Petit équipement", 61_000, (2, 5, 8, 10),
        (COCOM, COCOM, OWN, COCOM), 25,
    ),
    Purchase(23, "activities", CASG, "Livres et abonnements", 4_150, keys=(OWN, COCOF), swing=35),
    Purchase(24, "telecom", CASG, "Affranchissement", 5_830, swing=30),
    Purchase(25, "activities", None, "Accueil de l'assemblée générale", 14_600, (6,), (OWN,), 20),
    Purchase(26, "fees", CASG, "Consultations juridiques", 24_200, (3, 5, 9, 11), (COCOM,), 20),
)  # fmt: skip
