"""Addresses of the deadlines."""

from django.urls import path

from reports.views import deadlines

urlpatterns = [
    path("", deadlines.deadlines, name="deadlines"),
    path("planifier/", deadlines.plan, name="plan_deadlines"),
    path("faites/", deadlines.close_several, name="close_deadlines"),
    path("<int:number>/", deadlines.one_deadline, name="deadline"),
    path("<int:number>/<slug:action>/", deadlines.change_deadline, name="change_deadline"),
]
