"""Acts on scenarios and on assumptions; the trail says who, why, and what stood there before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from backoffice.federation.audit import because
from backoffice.federation.models import Organisation
from reports.models import Assumption, ScenarioShare, StoredScenario
from reports.scenarios.codes import RATIO, UNITS, UnknownCode, code_of
from reports.scenarios.scenario import Scenario
from reports.scenarios.toml.reading import NotAScenario, read_scenario
from reports.scenarios.toml.values import Unreadable, exact
from reports.scenarios.toml.writing import write_scenario

_MOST_RATIO = 2
Kept = StoredScenario | ScenarioShare | Assumption


class ScenarioRefused(ValueError):
    """The act on a scenario is refused; the message says why and what to do."""


@dataclass(frozen=True)
class Signed:
    """What an assumption says, before it is stored."""

    code: str
    value: str
    since: date
    source: str
    sentence: str


@transaction.atomic
def create_scenario(
    *, organisation: Organisation | None, text: str, reason: str, by: User, day: date
) -> StoredScenario:
    """Keep a scenario of a service, or of the federation where `organisation` is None.

    Raises:
        ScenarioRefused: it cannot be read whole, has a name that is taken, or no reason.
    """
    row = StoredScenario(organisation=organisation, dated_on=day, created_by=by)
    return _kept(row, text, reason, by)


@transaction.atomic
def change_scenario(*, row: StoredScenario, text: str, reason: str, by: User) -> StoredScenario:
    """Write another content in a scenario; copies that were made of it stay as they are.

    Raises:
        ScenarioRefused: as for a new one.
    """
    locked = StoredScenario.objects.select_for_update(of=("self",)).get(pk=row.pk)
    return _kept(locked, text, reason, by)


@transaction.atomic
def copy_scenario(
    *, row: StoredScenario, organisation: Organisation | None, name: str, reason: str, by: User
) -> StoredScenario:
    """A copy under another name, of the service that copies, or of the federation.

    Raises:
        ScenarioRefused: the name is taken, or no reason is given.
    """
    copy = StoredScenario(
        organisation=organisation, dated_on=row.dated_on, created_by=by, copied_from=row
    )
    return _kept(copy, renamed(row.text, name), reason, by)


@transaction.atomic
def remove_scenario(*, row: StoredScenario, reason: str) -> None:
    """A scenario is not kept any more; its copies are."""
    with because(_asked(reason)):
        row.delete()


@transaction.atomic
def share_scenario(
    *, row: StoredScenario, organisation: Organisation | None, reason: str, by: User
) -> ScenarioShare:
    """Show a scenario to another service, or to the federation where `organisation` is None.

    Raises:
        ScenarioRefused: it is shared already, or no reason is given.
    """
    share = ScenarioShare(
        scenario=row, organisation=organisation, reason=_asked(reason), shared_by=by
    )
    if row.organisation_id == (organisation.pk if organisation else None):
        raise ScenarioRefused(_("Ce scénario est déjà le leur."))
    _checked(share)
    with because(reason):
        share.save()
    return share


@transaction.atomic
def withdraw_share(*, share: ScenarioShare, reason: str) -> None:
    """A scenario is no longer shown to those that it was shared with."""
    with because(_asked(reason)):
        share.delete()


@transaction.atomic
def enter_assumption(*, signed: Signed, by: User, day: date) -> Assumption:
    """Sign what the federation supposes; the former value of the same code stays beside it.

    Raises:
        ScenarioRefused: nothing reads the code, or the value is no positive number.
    """
    try:
        family = code_of(signed.code).family
        value = exact(signed.value)
    except (UnknownCode, Unreadable) as error:
        raise ScenarioRefused(str(error)) from None
    if value <= 0:
        raise ScenarioRefused(_("La valeur d'une hypothèse est au-dessus de zéro."))
    if UNITS[family] == RATIO and value >= _MOST_RATIO:
        raise ScenarioRefused(
            _("Un taux s'écrit comme un nombre : 0,02 pour 2 %% ; « %s » est trop grand.")
            % signed.value
        )
    row = Assumption(
        code=signed.code,
        value=signed.value,
        since=signed.since,
        source=signed.source.strip(),
        sentence=signed.sentence.strip(),
        author=by,
        signed_on=day,
    )
    _checked(row)
    with because(row.sentence):
        row.save()
    return row


def renamed(text: str, name: str) -> str:
    """The same scenario under another name."""
    scenario = _whole(text)
    values = {key: getattr(scenario, key) for key in scenario.__dataclass_fields__}
    return write_scenario(Scenario(**{**values, "name": name.strip()}))


def _kept(row: StoredScenario, text: str, reason: str, by: User) -> StoredScenario:
    row.name, row.text = _whole(text).name, text
    row.reason, row.changed_by = _asked(reason), by
    _checked(row)
    with because(reason):
        row.save()
    return row


def _whole(text: str) -> Scenario:
    """A scenario every patch of which can be read."""
    try:
        scenario = read_scenario(text)
    except NotAScenario as error:
        raise ScenarioRefused(str(error)) from None
    if scenario.problems:
        raise ScenarioRefused(" ".join(one.message for one in scenario.problems))
    return scenario


def _asked(reason: str) -> str:
    if not reason.strip():
        raise ScenarioRefused(_("Donnez un motif."))
    return reason.strip()


def _checked(row: Kept) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        raise ScenarioRefused(" ".join(_said(row, error))) from None


def _said(row: Kept, error: ValidationError) -> Iterator[str]:
    """What is wrong, each with the name of its field where it has one."""
    for name, messages in error.message_dict.items():
        for message in messages:
            if name == NON_FIELD_ERRORS:
                yield message
            else:
                field: Any = row._meta.get_field(name)  # noqa: SLF001 - Django's Meta
                yield f"{field.verbose_name} : {message}"
