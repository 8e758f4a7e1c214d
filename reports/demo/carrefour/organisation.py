"""The invented association itself: one employer, two approvals, three sites."""

from datetime import date

from reports.demo.identifiers import enterprise_number, iban
from reports.demo.rows import Row
from reports.demo.truth import planted_at

DEMO_ENTERPRISE_NUMBER = enterprise_number(1)
PLANTED = planted_at(DEMO_ENTERPRISE_NUMBER)
CASG = "CASG-DEMO"
SASPP = "SASPP-DEMO"

ORGANISATION: Row = {
    "enterprise_number": DEMO_ENTERPRISE_NUMBER,
    "name": "DEMO Carrefour social ASBL",
    "legal_form": "asbl",
    "address": "rue de la Démonstration 12, 1000 Bruxelles",
    "iban": iban(1),
    "contact": "Odile Vercamer (DEMO), directrice",
    "is_demo": True,
}

APPROVALS: tuple[Row, ...] = (
    {
        "code": CASG,
        "kind": "CASG",
        "name": "DEMO Centre d'action sociale globale du Carrefour",
        "reference": "AGREMENT-DEMO-CASG-2010",
        "analytical_account": "100",
        "starts_on": date(2010, 1, 1),
        "ends_on": None,
    },
    {
        "code": SASPP,
        "kind": "SASPP",
        "name": "DEMO Service d'aide sociale aux personnes prostituées de Meuse",
        "reference": "AGREMENT-DEMO-SASPP-2017",
        "analytical_account": "200",
        "starts_on": date(2017, 7, 1),
        "ends_on": None,
    },
)


SITES: tuple[Row, ...] = (
    {
        "approval": CASG,
        "code": "BXL",
        "name": "DEMO Siège de Bruxelles",
        "kind": "seat",
        "address": "rue de la Démonstration 12, 1000 Bruxelles",
        "starts_on": date(2010, 1, 1),
        "ends_on": None,
    },
    {
        "approval": CASG,
        "code": "AND",
        "name": "DEMO Antenne d'Anderlecht",
        "kind": "antenna",
        "address": "place de l'Exemple 3, 1070 Anderlecht",
        "starts_on": date(2016, 9, 1),
        "ends_on": None,
    },
    {
        "approval": SASPP,
        "code": "NAM",
        "name": "DEMO Siège de Namur",
        "kind": "seat",
        "address": "quai de l'Essai 45, 5000 Namur",
        "starts_on": date(2017, 7, 1),
        "ends_on": None,
    },
)
