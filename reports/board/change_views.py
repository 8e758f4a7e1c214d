"""The changes of a kept scenario: one more, tried before it is kept; one moved or taken off."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.federation.access import needs, organisations_for
from backoffice.federation.roles import Right
from reports.board.at_hand import base_at, scope_about
from reports.board.change_forms import ChangeForm
from reports.board.editing import ACTS, NoSuchChange, acted, with_change
from reports.board.shelf_page import offered_in, row_for, shown, to_page
from reports.board.trying import objections
from reports.models import StoredScenario
from reports.scenarios.comparing import OutsideData, widened
from reports.scenarios.kinds import VALUES
from reports.scenarios.scenario import Scenario
from reports.scenarios.selectors import assumptions_on
from reports.scenarios.services import ScenarioRefused, change_scenario
from reports.scenarios.toml.reading import NotAScenario, read_scenario
from reports.scenarios.toml.writing import write_scenario
from reports.views.scope import scope_of, user_of


@needs(Right.READ)
@require_POST
def add_change(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """One change more at the end of a scenario."""
    row = row_for(request, number, change=True)
    if kind not in VALUES:
        raise Http404
    form = ChangeForm(kind, request.POST, offered_in(request, row, kind))
    if form.is_valid():
        try:
            written = with_change(_written(row), form.change)
            for why in _against(request, row, written):
                form.add_error(None, why)
            if form.is_valid():
                _changed(request, row, written, _("Modification ajoutée"))
                return to_page(row, scope_of(request))
        except OutsideData as error:
            form.add_error("since", str(error))
        except ScenarioRefused as error:
            form.add_error(None, str(error))
    return shown(request, row, form)


@needs(Right.READ)
@require_POST
def act_on_change(request: HttpRequest, number: int, place: int, act: str) -> HttpResponse:
    """A change goes up, down or off."""
    row = row_for(request, number, change=True)
    if act not in ACTS:
        raise Http404
    try:
        written = acted(_written(row), place, act)
    except (NoSuchChange, ScenarioRefused):
        raise Http404 from None
    _changed(request, row, written, _("Ordre des modifications changé, ou modification retirée"))
    return to_page(row, scope_of(request))


def _written(row: StoredScenario) -> Scenario:
    """A kept scenario as it is written.

    Raises:
        ScenarioRefused: it cannot be read any more; its file is left as it is.
    """
    try:
        return read_scenario(row.text)
    except NotAScenario as error:
        raise ScenarioRefused(str(error)) from None


def _changed(request: HttpRequest, row: StoredScenario, written: Scenario, reason: str) -> None:
    change_scenario(row=row, text=write_scenario(written), reason=reason, by=user_of(request))


def _against(request: HttpRequest, row: StoredScenario, written: Scenario) -> list[str]:
    """What a comparison would say against the change at the end of a scenario.

    Nothing where the data cannot tell of the years to come whatever the change.

    Raises:
        OutsideData: they cannot tell of the year of the change.
    """
    day, about = scope_of(request).as_of, row.organisation
    scope = widened(scope_about(about), [written], organisations_for(user_of(request)))
    try:
        base_at(scope, day)
    except OutsideData:
        return []
    base = base_at(scope, day, written.changes[-1].since.year)
    return list(objections(base, written, assumptions_on(day), alone=about is not None))
