"""`backoffice audit`: seals the trail, and verifies that nothing of it was altered."""

import re
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from backoffice.federation.audit.sealing import seal_all
from backoffice.federation.audit.verifying import Break, Chain, Fault, chains, verify
from backoffice.federation.console import Console, refusal
from backoffice.federation.files import cause
from backoffice.federation.models import Organisation

BROKEN = 1
SITE = "site"
_NOTED = re.compile(r"^(.+?) : (\d+) sceau.* dernière empreinte ([0-9a-f]{64})$", re.MULTILINE)


class Command(Console):
    """Seals what is not sealed yet, or reads every chain again; exit code 1: one is broken."""

    help = "Scelle le journal des actes, ou vérifie que rien n'en a été changé."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=("seal", "verify"), help="sceller ou vérifier")
        parser.add_argument("--organisation", metavar="BCE", help="cette organisation seulement")
        parser.add_argument(
            "--expect", metavar="FICHIER", help="ce que verify avait affiché, gardé ailleurs"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        number, file = options["organisation"], options["expect"]
        if options["action"] == "verify":
            self._verify(number, _read(Path(file)) if file else {})
            return
        if number or file:
            raise refusal("seal scelle tout le journal : retirez --organisation et --expect.")
        self.stdout.write(f"{seal_all()} sceau(x) posé(s).")

    def _verify(self, number: str | None, noted: dict[str, dict[int, str]]) -> None:
        """The site's own chain always, since it notes the seals of the others."""
        names: dict[int | None, str] = {None: SITE}
        names.update(Organisation.objects.values_list("pk", "enterprise_number"))
        owners: list[int | None] = chains()
        site = verify(None, noted.get(SITE)) if owners else Chain(None)
        owners += [one for one in sorted(site.heads) if one not in owners]
        named = {one: names.get(one, f"organisation {one}") for one in owners}
        wanted = [one for one in owners if one and number in (None, named[one])]
        if number and not wanted:
            raise refusal(f"--organisation : aucun journal pour « {number} ».")
        read = [site] if owners else []
        read += [verify(one, site.heads.get(one, {}) | noted.get(named[one], {})) for one in wanted]
        lines = {named.get(one.organisation, SITE): one for one in read}
        lost = set(noted) - set(lines) if number is None else set()
        lines |= {name: Chain(None, fault=Fault(Break.NO_TRAIL)) for name in sorted(lost)}
        self._say(lines)

    def _say(self, lines: dict[str, Chain]) -> None:
        for name, chain in lines.items():
            self.stdout.write(_line(name, chain))
        if not lines:
            self.stdout.write("Le journal est vide.")
        if any(chain.fault for chain in lines.values()):
            raise SystemExit(BROKEN)


def _read(path: Path) -> dict[str, dict[int, str]]:
    """The last seal of each chain, by its name, in what `verify` printed."""
    try:
        found = _NOTED.findall(path.read_text(encoding="utf-8", errors="replace"))
    except OSError as error:
        raise refusal(f"--expect : {path} est illisible ({cause(error)}).") from error
    if not found:
        raise refusal(f"--expect : {path} ne tient aucune empreinte que verify ait affichée.")
    return {name: {int(number): digest} for name, number, digest in found}


def _line(name: str, chain: Chain) -> str:
    fault = chain.fault
    if fault:
        where = f"sceau {fault.seal}" if fault.seal else "journal"
        where += f", acte {fault.entry}" if fault.entry is not None else ""
        return f"{name} : CHAÎNE ROMPUE, {where} : {fault.what.value}."
    return (
        f"{name} : {chain.seals} sceau(x), {chain.entries} acte(s) intacts, "
        f"{chain.waiting} pas encore scellé(s) ; dernière empreinte {chain.digest or '-'}"
    )
