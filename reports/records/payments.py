"""The records of what funders pay: the instalments that are expected, and the money that came."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from grants.models import Instalment, Receipt
from reports.records.award_forms import InstalmentForm, ReceiptForm
from reports.records.options import award_column, by_award, by_value
from reports.records.record import Child, Choice, Column, Record, Rows, Spread


def _exercise() -> Choice:
    def known(rows: Rows) -> list[tuple[str, str]]:
        found = rows.order_by("-year").values_list("year", flat=True).distinct()
        return [(str(year), str(year)) for year in found]

    return Choice("exercice", _("Exercice"), known, lambda value, _asked: Q(year=value))


INSTALMENTS = Record(
    slug="instalments",
    address="tranches",
    model=Instalment,
    label=_("Tranches attendues"),
    one=_("Tranche attendue"),
    is_feminine=True,
    owner="award__organisation",
    title=lambda row: f"{row.award.reference}, {row.year}/{row.number}",
    columns=(
        award_column(),
        Column("exercice", _("Exercice"), lambda row: row.year, "code", F("year")),
        Column("numero", _("Numéro"), lambda row: row.number, "code", F("number")),
        Column("nature", _("Nature"), lambda row: row.get_kind_display(), sort=F("kind")),
        Column("due", _("Due le"), lambda row: row.due_on, "day", F("due_on")),
        Column(
            "montant",
            _("Montant attendu"),
            lambda row: row.amount,
            "money",
            F("amount"),
            total="amount",
        ),
    ),
    order="-due",
    ties=("award__reference", "year", "number", "pk"),
    searched=("award__reference", "award__label"),
    choices=(by_award(), _exercise(), by_value("nature", _("Nature"), Instalment.Kind, "kind")),
    spread=Spread("due_on", "due_on"),
    related=("award",),
    fields=("award", "year", "number", "kind", "due_on", "amount"),
    form=InstalmentForm,
    children=(Child("receipts", "instalment", "subvention"),),
    rests=lambda row: Q(award=row.award_id, year=row.year),
)
RECEIPTS = Record(
    slug="receipts",
    address="versements",
    model=Receipt,
    label=_("Versements reçus"),
    one=_("Versement reçu"),
    owner="award__organisation",
    title=lambda row: f"{row.award.reference}, {row.reference}",
    columns=(
        Column(
            "reference", _("Référence bancaire"), lambda row: row.reference, sort=F("reference")
        ),
        award_column(),
        Column("exercice", _("Exercice"), lambda row: row.year, "code", F("year")),
        Column("recu", _("Reçu le"), lambda row: row.received_on, "day", F("received_on")),
        Column(
            "tranche",
            _("Tranche"),
            lambda row: row.instalment.number if row.instalment else "",
            "code",
            F("instalment__number"),
        ),
        Column(
            "montant", _("Montant"), lambda row: row.amount, "money", F("amount"), total="amount"
        ),
    ),
    order="-recu",
    ties=("award__reference", "reference", "pk"),
    searched=("reference", "award__reference", "award__label"),
    choices=(by_award(), _exercise()),
    spread=Spread("received_on", "received_on"),
    related=("award", "instalment"),
    fields=("award", "year", "reference", "received_on", "amount", "instalment"),
    form=ReceiptForm,
    rests=lambda row: Q(award=row.award_id, year=row.year),
)
