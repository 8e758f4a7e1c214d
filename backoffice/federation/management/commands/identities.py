"""`backoffice identities --turn`: every national number under the first key of the settings."""

from argparse import ArgumentParser
from typing import Any

from backoffice.federation.audit.sealing import seal_all
from backoffice.federation.console import Console, refusal
from backoffice.federation.identities.numbers import KeyLost
from backoffice.federation.identities.turning import turn_numbers


class Command(Console):
    """Turns the numbers to a new key; says how many, never whose."""

    help = "Chiffre les numéros nationaux avec la première clé de BACKOFFICE_IDENTITY_KEYS."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--turn", action="store_true", help="chiffrer avec la première clé")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not options["turn"]:
            raise refusal("L'option --turn manque.")
        try:
            count = turn_numbers()
            seal_all()  # the trail under the first key too: its last seal vouches for all others
        except KeyLost as error:
            raise refusal(str(error)) from error
        self.stdout.write(f"Numéros nationaux chiffrés avec la première clé : {count}")
