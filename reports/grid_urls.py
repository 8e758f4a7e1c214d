"""Addresses of the allocation grid."""

from django.urls import path

from reports.grid import views
from reports.optimum import views as optimum

urlpatterns = [
    path("", views.grid, name="grid"),
    path("<int:year>/essai/", views.grid_preview, name="grid_preview"),
    path("<int:year>/enregistrer/", views.grid_save, name="grid_save"),
    path("<int:year>/case/", views.grid_cell, name="grid_cell"),
    path("<int:year>/lignes/<int:worker>/<int:post>/", views.grid_row, name="grid_row"),
    path("<int:year>/optimum/", optimum.optimum, name="optimum"),
    path("<int:year>/optimum/accepter/", optimum.accept_optimum, name="accept_optimum"),
    path("<int:year>/optimum/annuler/", optimum.undo_optimum, name="undo_optimum"),
    path("<int:year>/notes/<int:worker>/<int:post>/", views.grid_notes, name="grid_notes"),
]
