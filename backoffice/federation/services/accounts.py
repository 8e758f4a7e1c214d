"""Acts on accounts: opened, closed, given a role or deprived of one, always with a reason."""

from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from backoffice.federation.audit import because
from backoffice.federation.languages import speaking_to
from backoffice.federation.mailing import page_link, tell
from backoffice.federation.models import FederationMember, Membership, Organisation
from backoffice.federation.roles import FederationRole, Role


class AccountRefused(ValueError):
    """The act on an account is refused; the message says why and what to do."""


@transaction.atomic
def open_account(user: User, *, reason: str) -> None:
    """Store a new account, which may do nothing yet and chooses its password by a link."""
    user.set_unusable_password()
    with because(reason):
        user.save()


@transaction.atomic
def give_role(
    *, user: User, organisation: Organisation, role: str, reason: str, by: User | None
) -> Membership:
    """Give an account its role in an organisation; it replaces the one it had there.

    The directors of the organisation are told of one more.

    Raises:
        AccountRefused: the account is one's own.
    """
    refuse_oneself(user, by)
    row = user.memberships.filter(organisation=organisation).first()
    row = row or Membership(user=user, organisation=organisation)
    is_new = row.pk is None or row.role != role
    row.role = role
    with because(reason):
        row.save()
    if is_new and role == Role.DIRECTOR:
        _tell_directors(row, reason, by)
    return row


def _tell_directors(new: Membership, reason: str, by: User | None) -> None:
    """Somebody else may now approve a justification and consent for the service."""
    others = Membership.objects.filter(
        organisation=new.organisation, role=Role.DIRECTOR, user__is_active=True
    ).exclude(user=new.user)
    for row in others.select_related("user").order_by("pk"):
        with speaking_to(row.user):
            words = _(
                "%(who)s a donné au compte « %(account)s » le rôle de direction de "
                "%(organisation)s. Motif : %(reason)s"
            ) % {
                "who": (by.get_full_name() or by.get_username()) if by else _("Une commande"),
                "account": new.user.get_username(),
                "organisation": new.organisation.name,
                "reason": reason,
            }
            after = _("Si vous ne l'attendiez pas, dites-le à l'administrateur du site.")
            where = page_link(reverse("journal"))
            told = _("Le journal du service le garde : %s") % where if where else ""
            told = told or _("Le journal du service le garde.")
            subject = _("Une direction de plus pour votre service")
            tell([row.user.email], subject, [words, told, after])


@transaction.atomic
def remove_role(*, membership: Membership, reason: str) -> None:
    """An account sees nothing of the organisation any more."""
    with because(reason):
        membership.delete()


@transaction.atomic
def give_federation_role(
    *, user: User, role: str, reason: str, by: User | None
) -> FederationMember:
    """Give an account a role in the federation.

    Raises:
        AccountRefused: it has that role, or the account is one's own.
    """
    refuse_oneself(user, by)
    if user.federation_roles.filter(role=role).exists():
        raise AccountRefused(_("Cette personne a déjà ce rôle."))
    row = FederationMember(user=user, role=role)
    with because(reason):
        row.save()
    return row


@transaction.atomic
def remove_federation_role(*, member: FederationMember, reason: str) -> None:
    """An account loses a role in the federation.

    Raises:
        AccountRefused: it is the last administrator.
    """
    if member.role == FederationRole.ADMINISTRATOR:
        _refuse_the_last(member.user)
    with because(reason):
        member.delete()


@transaction.atomic
def close_account(*, user: User, reason: str, by: User) -> None:
    """An account no longer signs in; its roles and what it did stay.

    Raises:
        AccountRefused: it is one's own, or that of the last administrator.
    """
    refuse_oneself(user, by)
    _refuse_the_last(user)
    user.is_active = False
    with because(reason):
        user.save(update_fields=["is_active"])


@transaction.atomic
def reopen_account(*, user: User, reason: str) -> None:
    """An account signs in again, with the roles that it has."""
    user.is_active = True
    with because(reason):
        user.save(update_fields=["is_active"])


def refuse_oneself(user: User, by: User | None) -> None:
    """Leave one's own account to somebody else.

    Raises:
        AccountRefused: it is one's own.
    """
    if by is not None and user.pk == by.pk:
        raise AccountRefused(
            _("Personne ne change son propre compte : demandez-le à un autre administrateur.")
        )


def _refuse_the_last(user: User) -> None:
    """The site keeps an administrator who signs in; the rows are locked until the act is done."""
    active = FederationMember.objects.select_for_update(of=("self",)).filter(
        role=FederationRole.ADMINISTRATOR, user__is_active=True
    )
    if {member.user_id for member in active} == {user.pk}:
        raise AccountRefused(
            _("C'est le dernier administrateur : donnez d'abord ce rôle à quelqu'un d'autre.")
        )
