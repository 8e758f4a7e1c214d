"""The classes of accounts that are tied out, and what of them the product does not hold."""

from collections.abc import Mapping
from dataclasses import dataclass

from backoffice.engine.sheet import labels


@dataclass(frozen=True)
class AccountClass:
    """Accounts that answer for one kind of entries of the product.

    `sign` is 1 where the debit is positive, -1 where the credit is. `outside` are accounts of the
    class that the product does not hold: what stands there explains itself. `movement` compares
    what the year has added since the balance of the year before, not the closing balance.
    """

    code: str
    label: Mapping[str, str]
    prefixes: tuple[str, ...]
    sign: int
    outside: tuple[str, ...] = ()
    movement: bool = False

    def holds(self, account: str) -> bool:
        """Does an account belong here? Depreciation (22x9, 24x9) is no purchase."""
        if self.movement and account[3:4] == "9":
            return False
        return account.startswith(self.prefixes)

    def is_outside(self, account: str) -> bool:
        """Is it an account of the class that the product does not hold?"""
        return bool(self.outside) and account.startswith(self.outside)


RUNNING = AccountClass(
    "running", labels("Fonctionnement (60, 61, 64)", "Werking (60, 61, 64)"), ("60", "61", "64"), 1
)
STAFF = AccountClass("staff", labels("Personnel (62)", "Personeel (62)"), ("62",), 1, ("625",))
EQUIPMENT = AccountClass(
    "equipment",
    labels(
        "Immeubles et équipement acquis (22, 24)", "Aangekochte gebouwen en uitrusting (22, 24)"
    ),
    ("22", "24"),
    1,
    movement=True,
)
SUBSIDIES = AccountClass(
    "subsidies", labels("Subventions (73, 74)", "Subsidies (73, 74)"), ("73", "74"), -1,
    ("730", "731", "732"),
)  # fmt: skip
SALES = AccountClass("sales", labels("Ventes et prestations (70)", "Verkopen (70)"), ("70",), -1)
CLASSES = (RUNNING, STAFF, EQUIPMENT, SUBSIDIES, SALES)

RECEIVABLE = AccountClass(
    "receivable",
    labels("Subventions à recevoir (413, 2912)", "Te ontvangen subsidies (413, 2912)"),
    ("413", "2912"),
    1,
)
REPAYABLE = AccountClass(
    "repayable",
    labels("Subventions à rembourser (167)", "Terug te betalen subsidies (167)"),
    ("167",),
    -1,
)
HOLIDAY_DEBT = AccountClass(
    "holiday_debt",
    labels("Provision pour pécules de vacances (456)", "Voorziening vakantiegeld (456)"),
    ("456",),
    -1,
)
HOLIDAY_COST = AccountClass(
    "holiday_cost",
    labels("Dotation ou reprise de l'année (625)", "Toevoeging of terugneming (625)"),
    ("625",),
    1,
)
BALANCES = (RECEIVABLE, REPAYABLE, HOLIDAY_DEBT, HOLIDAY_COST)


def class_of(account: str) -> AccountClass | None:
    """The class in which the product holds an account; None for one that is not tied out."""
    return next((one for one in CLASSES if one.holds(account)), None)
