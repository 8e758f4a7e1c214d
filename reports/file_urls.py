"""Addresses of the kept files."""

from django.urls import path

from reports.views import stored_files

urlpatterns = [
    path("<int:number>/", stored_files.stored_file, name="stored_file"),
    path("<int:number>/retirer/", stored_files.take_off, name="detach_file"),
    path("joindre/<slug:kind>/<int:number>/", stored_files.join, name="attach_file"),
]
