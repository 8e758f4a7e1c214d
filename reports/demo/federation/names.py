"""Invented names: people, associations, streets. Each one says DEMO where it is shown."""

_FIRST = (
    "Adèle", "Aïcha", "Alban", "Amandine", "Anouk", "Apolline", "Baptiste", "Basile", "Bilal",
    "Blandine", "Camille", "Célestin", "Chloé", "Clarisse", "Clémence", "Dalia", "Damien", "Denis",
    "Djamila", "Elvire", "Émeline", "Esteban", "Eulalie", "Fanny", "Fatou", "Félicien", "Florian",
    "Gaspard", "Gwenaëlle", "Hadja", "Héloïse", "Hortense", "Idriss", "Inès", "Joachim",
    "Joséphine",
    "Karim", "Lambert", "Leïla", "Léontine", "Ludivine", "Maïté", "Malik", "Marceline", "Mathurin",
    "Nadège", "Nassim", "Noémie", "Octave", "Oriane", "Pélagie", "Quentin", "Rachid", "Romane",
    "Sacha", "Siham", "Tanguy", "Ursule", "Valère", "Violaine", "Zoé",
)  # fmt: skip
_LAST = (
    "Abrassier", "Aldouri", "Amblevaux", "Barvolet", "Belgharza", "Bertinval", "Bilcoque",
    "Bouzarif", "Brabanquet", "Cardouane", "Chantreux", "Clavoret", "Cornemine", "Coudrimont",
    "Dabrowinek", "Dandrimez", "Delmouche", "Derval-Roux", "Diallomba", "Doriveau", "Dubrequin",
    "Elkassouri", "Embourgeois", "Escarmelle", "Fabrigoule", "Falconnet", "Ferrobrand", "Fontimpré",
    "Gadisseau", "Galopinet", "Gembrouck", "Ghislanton", "Gourdimont", "Grivelet", "Hamdouchi",
    "Harzimont", "Hesbignon", "Houffalois", "Hubermelle", "Izegrim", "Jacquelart", "Jambrosse",
    "Jodoignet", "Kabambeke", "Kerrichou", "Lambrecot", "Lavermine", "Libramont-Sy", "Limelautre",
    "Lobbesart", "Lontzenat", "Lustiniers", "Malevoy", "Marchipont", "Mbuyinga", "Meuxardin",
    "Mirwarois", "Montaignet", "Moulbaire", "Nafraiture", "Nandrinois", "Nzambalo", "Ohainaut",
    "Orchimont", "Ouaddahi", "Paliseuil", "Perwezan", "Pironchamp", "Poulseur", "Quaregnoux",
    "Ramillois", "Rebecquart", "Redumont", "Rixensol", "Rochehaut", "Sbaïmi", "Seneffard",
    "Sivrimont", "Soignedieu", "Spixhe", "Tavignon", "Thuillard", "Tohognart", "Trazegnet",
    "Vanderscelde", "Verlainois", "Vielsalm-Puy", "Walcourtin", "Yernault",
)  # fmt: skip
_HOUSES = (
    "Le Tremplin", "L'Escale", "La Passerelle", "Le Relais", "Les Tilleuls", "La Boussole",
    "Le Fanal", "Les Quatre Vents", "La Ruche", "Le Trait d'union", "L'Embarcadère", "Le Gué",
    "La Clairière", "Le Moulin", "L'Horizon", "La Marelle", "Le Pas de côté", "Les Écluses",
    "La Halte", "Le Sémaphore", "L'Éclaircie", "La Traverse", "Le Colombier", "Les Mouettes",
    "La Fontaine", "Le Verger", "L'Appui", "Les Marronniers", "La Margelle", "Le Kiosque",
    "L'Amarre", "La Lanterne", "Le Bocage", "Les Remparts", "La Croisée", "L'Estuaire",
    "Le Perron",
)  # fmt: skip
_STREETS = ("rue de l'Exemple", "avenue de l'Essai", "place du Modèle", "rue de la Maquette")
BRUSSELS = (
    "1000 Bruxelles", "1030 Schaerbeek", "1040 Etterbeek", "1050 Ixelles", "1060 Saint-Gilles",
    "1070 Anderlecht", "1080 Molenbeek-Saint-Jean", "1090 Jette", "1140 Evere", "1180 Uccle",
    "1190 Forest", "1210 Saint-Josse-ten-Noode",
)  # fmt: skip
WALLONIA = (
    "4000 Liège", "5000 Namur", "6000 Charleroi", "7000 Mons", "7500 Tournai", "4800 Verviers",
    "1300 Wavre", "6600 Bastogne", "7100 La Louvière", "4500 Huy", "5500 Dinant", "6700 Arlon",
)  # fmt: skip


def person(rank: int) -> str:
    """A name of its own for each rank below 61 x 89: the two lengths have no common divisor."""
    first, last = _FIRST[rank * 23 % len(_FIRST)], _LAST[rank * 37 % len(_LAST)]
    return f"{first} {last} (DEMO)"


def house(rank: int) -> str:
    """The name of an association."""
    return f"DEMO {_HOUSES[rank % len(_HOUSES)]}"


def address(rank: int, towns: tuple[str, ...]) -> str:
    """An address that does not exist, in a town that does."""
    street = _STREETS[rank % len(_STREETS)]
    return f"{street} {rank % 90 + 1}, {towns[rank % len(towns)]}"
