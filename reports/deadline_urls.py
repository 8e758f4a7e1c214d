"""Addresses of the deadlines."""

from django.urls import path

from reports.views import calendars, deadlines
from reports.views import month as months

urlpatterns = [
    path("", deadlines.deadlines, name="deadlines"),
    path("classeur/", deadlines.deadlines_file, name="deadlines_file"),
    path("planifier/", deadlines.plan, name="plan_deadlines"),
    path("faites/", deadlines.close_several, name="close_deadlines"),
    path("calendrier/", months.month, name="month"),
    path("calendriers/", calendars.calendars, name="calendars"),
    path("calendriers/<int:number>/retirer/", calendars.withdraw, name="withdraw_calendar"),
    path("agenda/<str:token>.ics", calendars.calendar_feed, name="calendar_feed"),
    path("<int:number>/", deadlines.one_deadline, name="deadline"),
    path("<int:number>/<slug:action>/", deadlines.change_deadline, name="change_deadline"),
]
