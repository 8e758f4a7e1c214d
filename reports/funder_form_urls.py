"""Addresses of the funders' own forms."""

from django.urls import path

from reports.funder_forms import views

urlpatterns = [
    path("", views.forms_page, name="funder_forms"),
    path("nouveau/", views.new_form, name="new_funder_form"),
    path("<int:number>/", views.one_form, name="funder_form"),
    path("<int:number>/fichier/", views.new_file, name="funder_form_file"),
    path("<int:number>/retirer/", views.remove, name="remove_funder_form"),
    path("<int:number>/remplir/", views.filled, name="filled_form"),
    path("<int:number>/cellules/", views.map_one, name="map_cell"),
    path("<int:number>/cellules/<int:cell>/retirer/", views.unmap_one, name="unmap_cell"),
]
