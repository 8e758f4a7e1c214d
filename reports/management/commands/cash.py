"""`backoffice cash`: the treasury of an employer by day, under a scenario or not, as files."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from backoffice.federation.console import Console, refusal, required
from reports.board.lens import participants
from reports.console import (
    add_language_argument,
    as_of,
    organisation_of,
    scenario_text,
    span_of,
)
from reports.documents.writing import CannotWrite, write_contents
from reports.scenarios.comparing import OutsideData
from reports.scenarios.scenario import Scenario
from reports.scenarios.toml.reading import NotAScenario, read_scenario
from reports.treasury.choosing import supposed
from reports.treasury.json_file import render_json
from reports.treasury.page import TreasuryPage, page_of
from reports.treasury.reading import ground_of
from reports.treasury.summed.files import render_files
from reports.treasury.summed.summing import summed_cash
from reports.treasury.xlsx_file import render_xlsx


class Command(Console):
    """Reads a treasury as the page does, up to the last year asked."""

    help = (
        "Écrit la trésorerie d'un employeur jour par jour et mois par mois (json : les années "
        "demandées ; xlsx : depuis le dernier solde connu). Ce qui n'est pas compté est dit sur la "
        "sortie d'erreur."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", metavar="BCE", help="numéro d'entreprise")
        parser.add_argument("--scenario", metavar="S.toml", help="fichier, ou nom de bibliothèque")
        parser.add_argument("--years", metavar="AAAA-AAAA", help="première et dernière année")
        parser.add_argument("--out", metavar="DOSSIER", help="où écrire les fichiers")
        parser.add_argument("--as-of", metavar="AAAA-MM-JJ", help="connu à ce jour (aujourd'hui)")
        parser.add_argument(
            "--federation",
            action="store_true",
            help="les services qui participent, en sommes, petits nombres masqués",
        )
        add_language_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        with override(options["language"]):
            if options["federation"]:
                self._sum(options)
            else:
                self._write(options)

    def _sum(self, options: dict[str, Any]) -> None:
        """What the federation reads: never of one service, a day, years or a scenario asked."""
        for name in ("organisation", "scenario", "years", "as_of"):
            if options[name]:
                words = {"option": f"--{name.replace('_', '-')}"}
                raise refusal(_("--federation ne va pas avec %(option)s.") % words)
        folder = Path(required("--out", options["out"]))
        try:
            found = summed_cash(participants(), timezone.localdate())
            if found is None:
                raise refusal(
                    _("Aucun service ne participe à une collecte, ou aucune paie n'est connue.")
                )
            name = f"tresorerie-federation-{found.seen_on:%Y-%m}"
            for file in write_contents(render_files(found), folder, name):
                self.stdout.write(str(file.path))
        except (CannotWrite, OutsideData) as error:
            raise refusal(str(error)) from error

    def _write(self, options: dict[str, Any]) -> None:
        organisation, (first, last) = (
            organisation_of(options["organisation"]),
            span_of(options["years"]),
        )
        folder, scenario = Path(required("--out", options["out"])), _scenario(options["scenario"])
        try:
            ground = ground_of(organisation, as_of(options["as_of"]), last)
            if last < ground.opening.day.year:
                words = {"day": f"{ground.opening.day:%d/%m/%Y}"}
                raise refusal(_("--years : la trésorerie commence au %(day)s.") % words)
            page = page_of(ground, supposed(ground, scenario))
            files = {"json": render_json(page, first, last), "xlsx": render_xlsx(page)}
            name = f"tresorerie-{organisation.enterprise_number}-{first}-{last}"
            written = write_contents(files, folder, name)
        except (CannotWrite, OutsideData) as error:
            raise refusal(str(error)) from error
        self._say(page)
        for file in written:
            self.stdout.write(str(file.path))

    def _say(self, page: TreasuryPage) -> None:
        """What the scenario could not do, and what is in no balance."""
        for sentence in (*(page.under.refused if page.under else ()), *page.notes):
            self.stderr.write(sentence, lambda text: text)


def _scenario(path: str | None) -> Scenario | None:
    """The scenario of the option, None without one."""
    if not path:
        return None
    try:
        return read_scenario(scenario_text(path))
    except NotAScenario as error:
        raise refusal(f"{path} : {error}") from None
