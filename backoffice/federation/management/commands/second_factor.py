"""`backoffice second_factor`: takes away a second factor that its owner has lost."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.management.base import CommandParser
from django.db import transaction

from backoffice.federation.console import Console, refusal


class Command(Console):
    """Removes the second factor of one account, or of all; they set it up again at sign-in."""

    help = "Retire le second facteur d'un compte (téléphone et codes perdus), ou de tous."

    def add_arguments(self, parser: CommandParser) -> None:
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--reset", metavar="COMPTE", help="nom d'utilisateur")
        whose.add_argument("--reset-all", action="store_true", help="tous les comptes")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        users = User.objects.all()
        if options["reset"]:
            users = users.filter(username=options["reset"])
            if not users:
                raise refusal(f"Aucun compte ne s'appelle « {options['reset']} ».")
        held = Authenticator.objects.filter(user__in=users)
        count = held.values("user").distinct().count()
        held.delete()
        self.stdout.write(f"Second facteur retiré (comptes : {count}).")
