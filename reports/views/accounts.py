"""The accounts of the site, for its administrators: who has which role, and why it changed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backoffice.federation.access import needs
from backoffice.federation.models import FederationMember, Membership
from backoffice.federation.roles import Right
from backoffice.federation.services import accounts as acts
from backoffice.federation.services.credentials import change_person, link_for_password
from reports.access_forms import (
    AccountForm,
    FederationRoleForm,
    PersonForm,
    ReasonForm,
    RoleForm,
)
from reports.pages.accounts import account_page, accounts_page
from reports.views.scope import UNPROCESSABLE, scope_of, user_of


@needs(Right.ACCOUNTS)
@require_http_methods(["GET", "HEAD", "POST"])
def accounts(request: HttpRequest) -> HttpResponse:
    """Fifty accounts of those that the address asks for; a POST opens one."""
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.save(commit=False)
        acts.open_account(user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Le compte est ouvert : donnez-lui un rôle."))
        return redirect("account", number=user.pk)
    page = accounts_page(request.GET)
    context = scope_of(request).context(form=form, page=page)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "reports/accounts.html", context, status=status)


@needs(Right.ACCOUNTS)
@require_http_methods(["GET", "HEAD"])
def account(request: HttpRequest, number: int) -> HttpResponse:
    """One account, its roles, and what changes them."""
    return _account(request, get_object_or_404(User, pk=number), {})


def _account(
    request: HttpRequest, user: User, refused: dict[str, forms.BaseForm], link: str = ""
) -> HttpResponse:
    context = scope_of(request).context(
        page=account_page(user),
        link=link,
        role_form=refused.get("role") or RoleForm(prefix="role"),
        member_form=refused.get("member") or FederationRoleForm(prefix="member"),
        person_form=refused.get("person") or PersonForm(prefix="person", instance=user),
        reason_form=refused.get("reason") or ReasonForm(prefix="reason"),
    )
    status = UNPROCESSABLE if refused else 200
    return render(request, "reports/account.html", context, status=status)


def _tried(
    request: HttpRequest, user: User, form: forms.BaseForm, act: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    """Do an act that a form asks for, or show the account with what is wrong."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except acts.AccountRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Le compte est modifié."))
            return redirect("account", number=user.pk)
    return _account(request, user, {str(form.prefix): form})


@needs(Right.ACCOUNTS)
@require_POST
def add_role(request: HttpRequest, number: int) -> HttpResponse:
    """Give an account a role in an organisation; it replaces the one that it had there."""
    user, by = get_object_or_404(User, pk=number), user_of(request)
    form = RoleForm(request.POST, prefix="role")
    return _tried(request, user, form, lambda data: acts.give_role(user=user, by=by, **data))


@needs(Right.ACCOUNTS)
@require_POST
def add_federation_role(request: HttpRequest, number: int) -> HttpResponse:
    """Give an account a role in the federation."""
    user, by = get_object_or_404(User, pk=number), user_of(request)
    form = FederationRoleForm(request.POST, prefix="member")
    act = acts.give_federation_role
    return _tried(request, user, form, lambda data: act(user=user, by=by, **data))


@needs(Right.ACCOUNTS)
@require_POST
def take_role(request: HttpRequest, number: int) -> HttpResponse:
    """Take away a role in an organisation."""
    row = get_object_or_404(Membership.objects.select_related("user"), pk=number)
    form, act = ReasonForm(request.POST, prefix="reason"), acts.remove_role
    return _tried(request, row.user, form, lambda data: act(membership=row, **data))


@needs(Right.ACCOUNTS)
@require_POST
def take_member_role(request: HttpRequest, number: int) -> HttpResponse:
    """Take away a role in the federation."""
    row = get_object_or_404(FederationMember.objects.select_related("user"), pk=number)
    form, act = ReasonForm(request.POST, prefix="reason"), acts.remove_federation_role
    return _tried(request, row.user, form, lambda data: act(member=row, **data))


@needs(Right.ACCOUNTS)
@require_POST
def open_or_close(request: HttpRequest, number: int) -> HttpResponse:
    """Close an account that signs in, open again one that is closed."""
    user, by = get_object_or_404(User, pk=number), user_of(request)
    form = ReasonForm(request.POST, prefix="reason")
    if user.is_active:
        return _tried(
            request, user, form, lambda data: acts.close_account(user=user, by=by, **data)
        )
    return _tried(request, user, form, lambda data: acts.reopen_account(user=user, **data))


@needs(Right.ACCOUNTS)
@require_POST
def new_password(request: HttpRequest, number: int) -> HttpResponse:
    """Show, once, the link by which the person chooses a password."""
    user = get_object_or_404(User.objects.filter(is_active=True), pk=number)
    form = ReasonForm(request.POST, prefix="reason")
    if not form.is_valid():
        return _account(request, user, {"reason": form})
    path = link_for_password(user=user, by=user_of(request), **form.cleaned_data)
    return _account(request, user, {}, request.build_absolute_uri(path))


@needs(Right.ACCOUNTS)
@require_POST
def person(request: HttpRequest, number: int) -> HttpResponse:
    """Change the name or the address of an account."""
    user, by = get_object_or_404(User, pk=number), user_of(request)
    form = PersonForm(request.POST, prefix="person", instance=User.objects.get(pk=user.pk))
    changed: User = form.instance

    def act(data: dict[str, Any]) -> None:
        change_person(user=changed, by=by, reason=data["reason"])

    return _tried(request, user, form, act)
