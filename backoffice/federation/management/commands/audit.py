"""`backoffice audit`: seals the trail, and verifies that nothing of it was altered."""

from typing import Any

from django.core.management.base import CommandParser

from backoffice.federation.audit.sealing import seal_all
from backoffice.federation.audit.verifying import Chain, chains, verify
from backoffice.federation.console import Console, refusal
from backoffice.federation.models import Organisation

BROKEN = 1


class Command(Console):
    """Seals what is not sealed yet, or reads every chain again; exit code 1: one is broken."""

    help = "Scelle le journal des actes, ou vérifie que rien n'en a été changé."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=("seal", "verify"), help="sceller ou vérifier")
        parser.add_argument("--organisation", metavar="BCE", help="cette organisation seulement")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "seal":
            if options["organisation"]:
                raise refusal("seal scelle tout le journal : retirez --organisation.")
            self.stdout.write(f"{seal_all()} sceau(x) posé(s).")
            return
        self._verify(options["organisation"])

    def _verify(self, number: str | None) -> None:
        names = dict(Organisation.objects.values_list("pk", "enterprise_number"))
        wanted = chains()
        if number:
            wanted = [one for one in wanted if one is not None and names.get(one) == number]
            if not wanted:
                raise refusal(f"--organisation : aucun journal pour « {number} ».")
        is_broken = False
        for organisation in wanted:
            chain = verify(organisation)
            is_broken |= chain.fault is not None
            self.stdout.write(_line(chain, names))
        if not wanted:
            self.stdout.write("Le journal est vide.")
        if is_broken:
            raise SystemExit(BROKEN)


def _line(chain: Chain, names: dict[int, str]) -> str:
    owner = chain.organisation
    name = "site" if owner is None else names.get(owner, f"organisation {owner}")
    if chain.fault:
        where = f"sceau {chain.fault.seal}"
        where += f", acte {chain.fault.entry}" if chain.fault.entry is not None else ""
        return f"{name} : CHAÎNE ROMPUE, {where} : {chain.fault.what.value}."
    return (
        f"{name} : {chain.seals} sceau(x), {chain.entries} acte(s) intacts, "
        f"{chain.waiting} pas encore scellé(s) ; dernière empreinte {chain.digest or '-'}"
    )
