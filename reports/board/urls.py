"""Addresses of scenarios."""

from django.urls import path

from reports.board import (
    assumption_views,
    change_views,
    explained_views,
    optimum_views,
    shelf_views,
    views,
)

urlpatterns = [
    path("", views.scenarios, name="scenarios"),
    path("federation/", views.federation_scenarios, name="federation_scenarios"),
    path("hypotheses/", assumption_views.assumptions, name="assumptions"),
    path("nouveau/", shelf_views.new_scenario, name="new_scenario"),
    path("copier/", shelf_views.copy, name="copy_scenario"),
    path(
        "federation/nouveau/", shelf_views.federation_new_scenario, name="federation_new_scenario"
    ),
    path("federation/copier/", shelf_views.federation_copy, name="federation_copy_scenario"),
    path("bibliotheque/<slug:code>/", shelf_views.library_scenario, name="library_scenario"),
    path(
        "bibliotheque/<slug:code>/toml/",
        shelf_views.library_scenario_text,
        name="library_scenario_text",
    ),
    path("<int:number>/", shelf_views.scenario, name="scenario"),
    path("<int:number>/toml/", shelf_views.scenario_text, name="scenario_text"),
    path("<int:number>/partager/", shelf_views.share, name="share_scenario"),
    path("<int:number>/partages/<int:share>/cesser/", shelf_views.withdraw, name="withdraw_share"),
    path("<int:number>/retirer/", shelf_views.remove, name="remove_scenario"),
    path("<int:number>/ajouter/<slug:kind>/", change_views.add_change, name="add_change"),
    path(
        "<int:number>/modifications/<int:place>/<slug:act>/",
        change_views.act_on_change,
        name="act_on_change",
    ),
    path("comparaison/", views.comparison, name="scenario_comparison"),
    path("choix/", views.choices, name="scenario_choices"),
    path("federation/choix/", views.federation_choices, name="federation_scenario_choices"),
    path("facteurs/", views.drivers, name="scenario_drivers"),
    path("explication/", explained_views.explanation, name="scenario_explanation"),
    path("optimum/", optimum_views.scenario_optimum, name="scenario_optimum"),
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
