"""A trial balance comes in from what accounting software really exports, or says why not."""

from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from invoices.models import TrialBalance, TrialBalanceLine
from tests.factories import ApprovalFactory
from tests.reports.tie_out.files import PLAIN, workbook, written

pytestmark = pytest.mark.django_db
EXPECTED = [
    ("550000", "", Decimal("1234.56"), Decimal("0.00")),
    ("612000", "100", Decimal("865.44"), Decimal("0.00")),
    ("733000", "100", Decimal("0.00"), Decimal("2100.00")),
]


@pytest.fixture
def organisation():
    return ApprovalFactory(analytical_account="100").organisation


def run(path, organisation, *options: str, year: str = "2024") -> None:
    number = organisation.enterprise_number
    call_command("balance", str(path), "--organisation", number, "--year", year, *options)


def stored() -> list[tuple[str, str, Decimal, Decimal]]:
    rows = TrialBalanceLine.objects.order_by("account", "analytical_account")
    return [
        (row.account, row.analytical_account, row.debit.amount, row.credit.amount) for row in rows
    ]


def refused(path, organisation, capsys) -> str:
    with pytest.raises(CommandError) as caught:
        run(path, organisation)
    assert caught.value.returncode == 2
    assert stored() == []
    return capsys.readouterr().out


SAME = {
    "French, semicolons and commas": PLAIN,
    "English numbers between tabs": (
        "Account\tx\nCompte\tIntitulé\tAnalytique\tDébit\tCrédit\n"
        "550000\tBanque\t\t1,234.56\t\n612000\tF\t100\t865.44\t\n733000\tS\t100\t\t2,100.00\n"
    ),
    "Dutch heads and narrow spaces": (
        "Rekening;Omschrijving;Kostenplaats;Debet;Credit\n"
        "550000;Bank;;1\u202f234,56;\n612000;F;100;865,44;\n733000;S;100;;2\u00a0100,00\n"
    ),
    "one signed balance, a minus behind": (
        "Compte;Section analytique;Solde\n550000;;1234,56\n612000;100;865,44\n733000;100;2100,00-\n"
    ),
    "quoted commas": (
        "Compte,Analytique,Débit,Crédit\n"
        '550000,,"1.234,56",\n612000,100,"865,44",\n733000,100,,"2.100,00"\n'
    ),
    "titles, totals, dotted accounts and euro signs": (
        "Carrefour ASBL;;;;\nBalance au 31/12/2024;;;;\n;;;;\n"
        "N° de compte;Libellé;Centre de coût;Débit (EUR);Crédit (EUR)\n"
        "Classe 5;;;;\n550.000;Banque;;1.234,56 €;\n612 000;F;100;€ 865,44;\n"
        "733000;S;100;;2.100,00\nTotal général;;;2.100,00;2.100,00\n"
    ),
    "movements beside closing balances": (
        "Compte;Analytique;Débit;Crédit;Solde débiteur;Solde créditeur\n"
        "550000;;9000,00;8000,00;1234,56;\n612000;100;900,00;34,56;865,44;\n"
        "733000;100;;2000,00;;2100,00\n"
    ),
    "a negative debit is a credit": (
        "Compte;Analytique;Débit;Crédit\n"
        "550000;;1234,56;\n612000;100;865,44;\n733000;100;(2100,00);0\n"
    ),
    "the account and its words in one cell": (
        "Compte;Analytique;Débit;Crédit\n"
        "550000 Banque;;1234,56;\n612000 - Fournitures;100;865,44;\n733000 Subsides;100;;2100,00\n"
    ),
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME.keys())
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_same_balance_comes_out_of_every_export(organisation, tmp_path, text, encoding):
    if encoding == "cp1252":
        text = text.replace("\u202f", "\u00a0")
    run(written(tmp_path, text, encoding=encoding), organisation)
    assert stored() == EXPECTED


def test_a_workbook_gives_the_same_balance_on_any_of_its_sheets(organisation, tmp_path):
    path = workbook(
        tmp_path,
        [
            ["Balance", None, None, None],
            ["Compte", "Analytique", "Débit", "Crédit"],
            [550000, None, 1234.56, None],
            [612000, 100, 865.44, 0],
            ["733000", "100", None, 2100],
        ],
    )
    run(path, organisation)
    assert stored() == EXPECTED


def test_a_second_import_replaces_the_first_whole(organisation, tmp_path, capsys):
    run(written(tmp_path, PLAIN), organisation)
    run(written(tmp_path, "Compte;Solde\n550000;5\n100000;-5\n"), organisation, "--partial")
    assert "La balance de 2024 remplace la précédente : 2 lignes" in capsys.readouterr().out
    assert [row[0] for row in stored()] == ["100000", "550000"]
    assert TrialBalance.objects.count() == 1


def test_a_refused_import_leaves_the_balance_before_it(organisation, tmp_path):
    run(written(tmp_path, PLAIN), organisation)
    with pytest.raises(CommandError, match=r"1 problème à corriger : la balance de 2024 n'a pas"):
        run(written(tmp_path, "Compte;Solde\n550000;5\n612000;-4\n"), organisation)
    assert stored() == EXPECTED


def test_a_balance_without_costs_nor_income_replaces_nothing_unless_it_is_meant(
    organisation, tmp_path
):
    run(written(tmp_path, PLAIN), organisation)
    path = written(tmp_path, "Compte;Solde\n550000;5\n100000;-5\n")
    with pytest.raises(CommandError, match="1 problème à corriger"):
        run(path, organisation)
    assert stored() == EXPECTED
    run(path, organisation, "--partial", "--dry-run")
    assert stored() == EXPECTED


def test_a_dry_run_stores_nothing(organisation, tmp_path, capsys):
    run(written(tmp_path, PLAIN), organisation, "--dry-run")
    assert "Essai : 3 lignes, 2100.00 EUR" in capsys.readouterr().out
    assert stored() == []


def test_the_balance_of_another_year_stays(organisation, tmp_path):
    path = written(tmp_path, PLAIN)
    run(path, organisation, year="2023")
    run(path, organisation)
    assert sorted(TrialBalance.objects.values_list("year", flat=True)) == [2023, 2024]


def test_a_balance_that_does_not_balance_is_refused_with_its_difference(
    organisation, tmp_path, capsys
):
    said = refused(written(tmp_path, PLAIN.replace("865,44", "865,54")), organisation, capsys)
    assert "différence 0,10" in said


def test_every_problem_is_said_at_once_with_its_row_and_column(organisation, tmp_path, capsys):
    text = (
        "Compte;Analytique;Débit;Crédit\n"
        "61;100;10,00;\n612000;100;dix;\n;100;10,00;\nABC;100;;1,234\n733000;100;;0,005\n"
    )
    said = refused(written(tmp_path, text), organisation, capsys)
    assert "ligne 2, A : « 61 » est une classe" in said
    assert "ligne 3, C : Cette cellule n'est pas un montant." in said
    assert "ligne 4, A : Ce n'est pas un numéro de compte" in said
    assert "ligne 5, A : Ce n'est pas un numéro de compte" in said
    assert "ligne 5, D : Cette cellule n'est pas un montant." in said
    assert "ligne 6, D : Cette cellule n'est pas un montant." in said


def test_an_amount_that_could_be_read_in_two_ways_is_not_guessed(organisation, tmp_path, capsys):
    said = refused(
        written(tmp_path, "Compte;Solde\n550000;1.234\n100000;-1.234\n"), organisation, capsys
    )
    assert "ligne 2, B : « 1.234 » peut se lire de deux façons : mille ou décimales ?" in said


def test_an_account_that_comes_back_is_summed_and_said(organisation, tmp_path, capsys):
    text = PLAIN.replace(
        "612000;Fournitures;100;865,44;0,00", "612000;F;100;800,00;\n612000;F;100;65,44;"
    )
    run(written(tmp_path, text), organisation)
    assert stored() == EXPECTED
    assert "ligne 4 : À vérifier : Le compte 612000 revient, après la ligne 3" in (
        capsys.readouterr().out
    )


def test_a_file_that_holds_every_row_twice_is_refused(organisation, tmp_path, capsys):
    rows = PLAIN.split("\n", 1)[1]
    said = refused(written(tmp_path, PLAIN + rows), organisation, capsys)
    assert "Chaque ligne du fichier s'y trouve au moins 2 fois, montants compris." in said


GROUPED = """Compte;Intitulé;Analytique;Débit;Crédit
550;Sous-total 550;;1.234,56;
550000;Banque;;1.234,56;
612;Sous-total 612;;865,44;
612000;Fournitures;100;800,00;
612900;Petites fournitures;200;65,44;
733;Sous-total 733;;;2.100,00
733000;Subsides;100;;2.100,00
"""


def test_subtotals_of_groups_of_accounts_are_refused_with_their_rows(
    organisation, tmp_path, capsys
):
    said = refused(written(tmp_path, GROUPED), organisation, capsys)
    assert "ligne 4 : Le compte 612 (865,44\u202f€ au débit, 0,00\u202f€ au crédit)" in said
    assert "répète ce que portent déjà ses comptes 612000 à 612900 : c'est un sous-total" in said
    assert "répète ce que portent déjà ses comptes 550000 : c'est un sous-total" in said
    assert [said.count(f"ligne {row} : ") for row in (2, 4, 7)] == [1, 1, 1]


def test_subtotals_of_subtotals_are_refused_too(organisation, tmp_path, capsys):
    nested = "5500;;;1.234,56;\n6120;;;800,00;\n6129;;;65,44;\n7330;;;;2.100,00\n"
    said = refused(written(tmp_path, GROUPED + nested), organisation, capsys)
    assert said.count("c'est un sous-total.") == 7


def test_an_account_that_happens_to_hold_as_much_as_its_only_sub_account_is_kept(
    organisation, tmp_path
):
    text = PLAIN.replace("865,44;0,00", "432,72;\n6120001;Papier;100;432,72;")
    run(written(tmp_path, text), organisation)
    assert [(row[0], str(row[2])) for row in stored()[1:3]] == [
        ("612000", "432.72"),
        ("6120001", "432.72"),
    ]


def test_an_unknown_analytical_account_is_kept_and_said_with_the_known_ones(
    organisation, tmp_path, capsys
):
    run(written(tmp_path, PLAIN.replace(";100;", ";900;")), organisation)
    said = capsys.readouterr().out
    assert "Aucun agrément n'a le compte analytique « 900 »" in said
    assert "Comptes analytiques connus : 100." in said
    assert [row[1] for row in stored()] == ["", "900", "900"]


def test_an_opening_that_stands_in_no_column_is_seen(organisation, tmp_path, capsys):
    text = "Compte;Débit;Crédit;Solde\n550000;10,00;;110,00\n100000;;10,00;-10,00\n"
    said = refused(written(tmp_path, text), organisation, capsys)
    assert "ligne 2, D : Le solde de cette ligne n'est pas son débit moins son crédit." in said


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "n'est ni un texte CSV ni un classeur"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "n'est ni un texte CSV ni un classeur"),
        (b"PK\x03\x04rien", "n'est pas un classeur .xlsx lisible"),
        (b"Nom;Montant\nA;1\n", "Aucune ligne de titres ne nomme le compte"),
        ("Compte;Débit\n550000;1\n".encode(), "ne nomme les montants"),
        (b"Compte;Solde;Saldo\n550000;1;1\n", "Deux colonnes ont le même titre"),
        (b"Compte;Solde\n", "La balance n'a aucune ligne."),
        (b'Compte;Solde\n"550000;1\n', "Ce n'est pas un numéro de compte"),
    ],
)
def test_a_file_that_is_no_balance_is_refused_with_its_reason(
    organisation, tmp_path, capsys, content, message
):
    path = tmp_path / "balance.csv"
    path.write_bytes(content)
    assert message in refused(path, organisation, capsys)


def test_a_file_that_is_not_there_is_said(organisation, tmp_path, capsys):
    assert "ne peut pas être lu (introuvable)" in refused(tmp_path / "x.csv", organisation, capsys)
