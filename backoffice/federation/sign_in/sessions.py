"""One session of one's own, ended from another one."""

from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST


@login_required
@require_POST
def end_session(request: HttpRequest, number: int) -> HttpResponse:
    """End one session; somebody else's does not exist."""
    session = get_object_or_404(UserSession, user=request.user, pk=number)
    get_adapter().end_sessions([session])
    messages.success(request, _("La session est terminée."))
    return redirect("usersessions_list")
