"""`backoffice administrator`: the first administrator of a site, who gives every other role."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import CommandParser

from backoffice.federation.console import Console, refusal
from backoffice.federation.roles import FederationRole
from backoffice.federation.services.accounts import AccountRefused, give_federation_role


class Command(Console):
    """Gives an account the role of administrator."""

    help = "Donne à un compte le rôle d'administrateur : le premier d'un site."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="COMPTE", help="nom du compte")

    def handle(self, *args: Any, **options: Any) -> None:
        name, role = options["name"], FederationRole.ADMINISTRATOR
        user = User.objects.filter(username=name).first()
        if user is None:
            raise refusal(
                f"Aucun compte ne s'appelle « {name} » : créez-le avec « createsuperuser »."
            )
        try:
            give_federation_role(user=user, role=role, reason="Ligne de commande", by=None)
        except AccountRefused as error:
            raise refusal(str(error)) from error
        self.stdout.write(
            f"« {name} » est administrateur : les autres rôles se donnent sur le site."
        )
