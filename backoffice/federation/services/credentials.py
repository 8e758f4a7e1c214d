"""What an administrator does to how somebody signs in: never without a reason, nor in silence.

Whoever holds the link of a password, or the address to which one is sent, acts as that person: the
person is told by mail, and at each sign-in for `TOLD`.
"""

from collections.abc import Iterable
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.federation.audit import because
from backoffice.federation.audit.entries import AuditEntry
from backoffice.federation.audit.looks import LINK, opened_an_account
from backoffice.federation.languages import speaking_to
from backoffice.federation.mailing import tell
from backoffice.federation.services.accounts import refuse_oneself
from backoffice.federation.sign_in.invitations import password_path

TOLD = timedelta(days=30)


@transaction.atomic
def link_for_password(*, user: User, by: User, reason: str) -> str:
    """The path by which the person chooses a password, once; the person is told that it exists."""
    with because(reason):
        opened_an_account(user, by=by)
    with speaking_to(user):
        words = _(
            "%(who)s a créé un lien par lequel se choisit le mot de passe de votre compte "
            "« %(account)s ». Motif : %(reason)s"
        )
        subject = _("Un lien pour choisir votre mot de passe a été créé")
        _tell([user.email], subject, words % _named(user, by, reason))
    return password_path(user)


@transaction.atomic
def change_person(*, user: User, by: User, reason: str) -> None:
    """Store who an account is; a new address is told to the former one as well.

    Raises:
        AccountRefused: the account is one's own.
    """
    refuse_oneself(user, by)
    former = User.objects.values_list("email", flat=True).get(pk=user.pk)
    with because(reason):
        user.save(update_fields=["first_name", "last_name", "email"])
    if former == user.email:
        return
    EmailAddress.objects.filter(user=user).delete()
    with speaking_to(user):
        words = _(
            "%(who)s a changé l'adresse électronique de votre compte « %(account)s ». "
            "Motif : %(reason)s"
        )
        subject = _("L'adresse électronique de votre compte a changé")
        _tell([former, user.email], subject, words % _named(user, by, reason))


def acts_of_others(user: User) -> list[str]:
    """What other people did to how somebody signs in, the newest first: one sentence each."""
    rows = AuditEntry.objects.filter(
        Q(model=LINK) | Q(model="auth.user", act=AuditEntry.Act.CHANGED),
        last_key=user.pk,
        at__gte=timezone.now() - TOLD,
        actor__isnull=False,
    ).exclude(actor=user.pk)
    return [_sentence(one) for one in rows.select_related("actor").order_by("-pk") if _opens(one)]


def _opens(act: AuditEntry) -> bool:
    """Whether an act lets another person sign in: a link, an address, a password."""
    return act.model == LINK or bool({"email", "password"} & set(act.content["rows"][0][1]))


def _sentence(act: AuditEntry) -> str:
    words = (
        _("%(at)s : %(who)s a créé un lien pour choisir votre mot de passe. Motif : %(reason)s")
        if act.model == LINK
        else _("%(at)s : %(who)s a changé l'accès à votre compte. Motif : %(reason)s")
    )
    return words % {
        "at": timezone.localtime(act.at).strftime("%d/%m/%Y %H:%M"),
        "who": _name(act.actor) if act.actor else _("un compte supprimé"),
        "reason": act.reason,
    }


def _named(user: User, by: User, reason: str) -> dict[str, str]:
    return {"who": _name(by), "account": user.get_username(), "reason": reason}


def _name(user: User) -> str:
    return user.get_full_name() or user.get_username()


def _tell(addresses: Iterable[str], subject: str, words: str) -> None:
    after = _(
        "Si vous ne l'avez pas demandé, dites-le à la direction de votre service : "
        "quelqu'un pourrait agir à votre place."
    )
    tell(addresses, subject, [words, after])
