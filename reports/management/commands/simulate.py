"""`backoffice simulate`: scenarios beside what stands today, as files."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import override

from backoffice.federation.console import Console, refusal, required
from backoffice.federation.models import Approval, Organisation
from reports.board.lens import YEARS_AHEAD
from reports.console import (
    add_language_argument,
    as_of,
    organisation_of,
    scenario_text,
    span_of,
)
from reports.documents.writing import CannotWrite, write_contents
from reports.optimum.json_file import render_best
from reports.scenarios.comparing import (
    EVERYONE,
    Comparison,
    Horizon,
    OutsideData,
    Scope,
    TooMany,
    baseline,
    compare,
    everyone,
    one_service,
    sector,
    widened,
    within_data,
)
from reports.scenarios.documents import render_figures, render_note
from reports.scenarios.scenario import Parameter, Scenario
from reports.scenarios.selectors import assumptions_on, candidates, proposed
from reports.scenarios.toml.reading import NotAScenario, read_scenario


class Command(Console):
    """Reads scenarios, projects once, and writes what each of them changes."""

    help = (
        "Compare des scénarios à la situation d'aujourd'hui, mois par mois (json, xlsx, pdf). Une "
        "modification refusée est dite sur la sortie d'erreur ; les autres comptent."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "scenarios", nargs="*", metavar="S.toml", help="fichier, ou nom de la bibliothèque"
        )
        parser.add_argument("--organisation", metavar="BCE", help="un seul employeur")
        parser.add_argument("--sector", metavar="CODE", help="les services d'un type d'agrément")
        parser.add_argument(
            "--years",
            metavar="AAAA-AAAA",
            help="premier et dernier exercice (cette année et les quatre suivantes)",
        )
        parser.add_argument("--out", metavar="DOSSIER", help="où écrire les fichiers")
        parser.add_argument(
            "--set",
            action="append",
            default=[],
            metavar="NOM=VALEUR",
            help="un choix que le scénario demande : worker=W12",
        )
        parser.add_argument(
            "--best",
            action="store_true",
            help="aussi la meilleure répartition de chaque année (json), avec --organisation",
        )
        parser.add_argument("--as-of", metavar="AAAA-MM-JJ", help="connu à ce jour (aujourd'hui)")
        add_language_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        with override(options["language"]):
            self._compare(options)

    def _compare(self, options: dict[str, Any]) -> None:
        scope = _scope(options)
        day = as_of(options["as_of"])
        written = options["years"] or f"{day.year}-{day.year + YEARS_AHEAD - 1}"
        horizon = Horizon(*span_of(written), day)
        folder = Path(required("--out", options["out"]))
        scenarios = self._scenarios(options["scenarios"], _choices(options["set"]))
        try:
            assumptions = assumptions_on(horizon.as_of)
            scope = widened(scope, scenarios, Organisation.objects.all())
            scenarios = [proposed(one, scope.organisations) for one in scenarios]
            base = baseline(scope, within_data(scope, horizon), assumptions)
            found = compare(base, scenarios, assumptions)
        except (OutsideData, TooMany) as error:
            raise refusal(str(error)) from error
        self._say(found)
        for render in (render_figures, render_note):
            self._write(found, render, folder)
        if options["best"]:
            self._write(found, _best, folder)

    def _write(
        self, found: Comparison, render: Callable[[Comparison], Mapping[str, bytes]], folder: Path
    ) -> None:
        try:
            for file in write_contents(render(found), folder, _name(found)):
                self.stdout.write(str(file.path))
        except CannotWrite as error:
            raise refusal(str(error)) from error

    def _scenarios(self, paths: list[str], choices: dict[str, str]) -> list[Scenario]:
        """The scenarios that can be read; the others are said, and left out."""
        found = []
        for path in paths:
            try:
                found.append(read_scenario(scenario_text(path)).with_choices(choices))
            except NotAScenario as error:
                self.stderr.write(f"{path} : {error}", lambda text: text)
        if not found:
            raise refusal(_("Aucun scénario à comparer : donnez au moins un fichier TOML lisible."))
        asked = {code for one in found for code in one.parameters}
        for code in [one for one in choices if one not in asked]:
            raise refusal(
                _(
                    "--set : aucun de ces scénarios ne demande « %(code)s » ; choix demandés : "
                    "%(asked)s."
                )
                % {"code": code[:60], "asked": ", ".join(sorted(asked)) or _("aucun")}
            )
        return found

    def _say(self, found: Comparison) -> None:
        for one in found.outcomes:
            for sentence in (*one.refused, *one.overridden):
                self.stderr.write(f"{one.scenario.name} : {sentence}", lambda text: text)
            for code, parameter in one.scenario.parameters.items():
                self._propose(code, parameter, found.base.scope)

    def _propose(self, code: str, parameter: Parameter, scope: Scope) -> None:
        """Say what may be chosen, where several organisations come into question."""
        for one in [] if parameter.value else candidates(parameter, scope.organisations):
            words = {"set": f"--set {code}={one.enterprise_number}", "name": one.name}
            self.stderr.write(_("%(set)s : %(name)s") % words, lambda text: text)


def _best(found: Comparison) -> Mapping[str, bytes]:
    return {"repartition.json": render_best(found)}


def _scope(options: dict[str, Any]) -> Scope:
    number, kind = options["organisation"], options["sector"]
    if options["best"] and not number:
        raise refusal(_("--best se calcule pour un employeur : ajoutez --organisation."))
    if number and kind:
        raise refusal(_("Donnez --organisation ou --sector, pas les deux."))
    if number:
        return one_service(organisation_of(number))
    rows = Organisation.objects.order_by("enterprise_number")
    if not kind:
        return everyone(list(rows))
    known = sorted(set(Approval.objects.values_list("kind", flat=True)))
    if kind not in known:
        raise refusal(
            _("Aucun service du type « %(kind)s » ; les types d'ici : %(known)s.")
            % {"kind": kind, "known": ", ".join(known)}
        )
    return sector(kind, list(rows.filter(approvals__kind=kind).distinct()))


def _name(found: Comparison) -> str:
    whose = found.base.scope.target.lower().replace(EVERYONE, "tous")
    return f"simulation-{whose}-{found.base.horizon.first}-{found.base.horizon.last}"


def _choices(written: list[str]) -> dict[str, str]:
    found = {}
    for one in written:
        name, equal, value = one.partition("=")
        if not equal:
            raise refusal(
                _("--set : « %s » n'est pas écrit NOM=VALEUR, comme worker=W12.") % one[:60]
            )
        found[name.strip()] = value.strip()
    return found
