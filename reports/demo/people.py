"""The people of the demonstration, one per role, and the collection in which every service is."""

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone

from backoffice.federation.models import Collection, Organisation
from backoffice.federation.roles import FederationRole, Role
from backoffice.federation.services.accounts import give_federation_role, give_role
from backoffice.federation.services.collections import open_collection, take_part
from reports.demo.employers import NUMBERS, YEARS

_REASON = "Démonstration"


@dataclass(frozen=True)
class Person:
    """One account: its name on the site, its role, and over how many services where it has any."""

    username: str
    last_name: str
    role: Role | FederationRole
    services: int = 0

    @property
    def words(self) -> str:
        """What `demo` prints beside the account."""
        return str(self.role.label)


PEOPLE = (
    Person("demo", "Finances", Role.FINANCE, len(NUMBERS)),
    Person("demo-direction", "Direction", Role.DIRECTOR, 1),
    Person("demo-comptable", "Comptable", Role.ACCOUNTANT, 3),
    Person("demo-federation", "Fédération", FederationRole.FINANCE),
    Person("demo-analyste", "Analyste", FederationRole.ANALYST),
    Person("demo-admin", "Administration", FederationRole.ADMINISTRATOR),
)


def open_the_site() -> str:
    """An account for each role and one password of this machine alone, which is returned."""
    password = _kept("demo-password", lambda: secrets.token_urlsafe(12))
    for person in PEOPLE:
        user = _account(person, password)
        if isinstance(person.role, FederationRole):
            if not user.federation_roles.filter(role=person.role).exists():
                give_federation_role(user=user, role=person.role, reason=_REASON, by=None)
        else:
            _give(person, user, _invented()[: person.services])
    return password


def second_factor() -> tuple[str, Mapping[str, Sequence[str]]]:
    """The key that the obliged accounts share, for an application, and recovery codes of each.

    A factor that somebody has changed on the site stays as it is, and no code is told.
    """
    secret = _kept("demo-second-factor", generate_totp_secret)
    codes: dict[str, Sequence[str]] = {}
    for person in PEOPLE:
        if isinstance(person.role, FederationRole):
            user = User.objects.get(username=person.username)
            if not Authenticator.objects.filter(user=user).exists():
                TOTP.activate(user, secret)
                RecoveryCodes.activate(user)
            recovery = Authenticator.objects.filter(
                user=user, type=Authenticator.Type.RECOVERY_CODES
            ).first()
            codes[person.username] = recovery.wrap().get_unused_codes() if recovery else ()
    return secret, codes


def people_of_the_desk(organisation: Organisation) -> tuple[User, User]:
    """The finance officer and the director of one service, who may be there before the others."""
    password = _kept("demo-password", lambda: secrets.token_urlsafe(12))
    found = []
    for person in PEOPLE[:2]:
        user = _account(person, password)
        _give(person, user, [organisation])
        found.append(user)
    return found[0], found[1]


def _kept(name: str, made: Callable[[], str]) -> str:
    """A secret made once, kept in the data folder, readable by its owner only."""
    kept = settings.DATA_DIR / name
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(made())
    return str(kept.read_text())


def _account(person: Person, password: str) -> User:
    user = User.objects.filter(username=person.username).first() or User(username=person.username)
    user.first_name, user.last_name = "Démo", person.last_name
    if not user.check_password(password):
        user.set_password(password)
    user.save()
    return user


def _give(person: Person, user: User, organisations: Iterable[Organisation]) -> None:
    held = set(user.memberships.values_list("organisation_id", flat=True))
    for organisation in organisations:
        if organisation.pk not in held:
            give_role(
                user=user, organisation=organisation, role=person.role, reason=_REASON, by=None
            )


def open_the_collection() -> Collection:
    """The collection of the last year, in which every invented service takes part."""
    year, today = YEARS[-1], timezone.localdate()
    collection = Collection.objects.filter(year=year).first()
    if collection is None:
        days = date(year + 1, 1, 1), date(today.year, 12, 31)
        collection = open_collection(year=year, title=f"Collecte {year}", days=days, by=None)
    for organisation in _waiting(collection):
        take_part(collection=collection, organisation=organisation, by=None)
    return collection


def _waiting(collection: Collection) -> Iterator[Organisation]:
    """Those that never agreed: one that has withdrawn stays out."""
    return _invented().exclude(participations__collection=collection).iterator()


def _invented() -> QuerySet[Organisation]:
    return Organisation.objects.filter(enterprise_number__in=NUMBERS).order_by("enterprise_number")
