"""Addresses of scenarios."""

from django.urls import path

from reports.board import views

urlpatterns = [
    path("", views.scenarios, name="scenarios"),
    path("federation/", views.federation_scenarios, name="federation_scenarios"),
    path("comparaison/", views.comparison, name="scenario_comparison"),
    path("facteurs/", views.drivers, name="scenario_drivers"),
    path("explication/", views.explanation, name="scenario_explanation"),
    path("note/", views.note, name="scenario_note"),
    path(
        "federation/comparaison/",
        views.federation_comparison,
        name="federation_scenario_comparison",
    ),
    path("federation/facteurs/", views.federation_drivers, name="federation_scenario_drivers"),
    path("federation/note/", views.federation_note, name="federation_scenario_note"),
    path(
        "federation/note/<int:number>/",
        views.federation_note_file,
        name="federation_note_file",
    ),
]
