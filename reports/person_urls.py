"""Addresses of the data of a person; none of them says who it is."""

from django.urls import path

from reports.views import people

urlpatterns = [
    path("", people.people, name="people"),
    path("<int:number>/", people.person, name="person"),
    path("<int:number>/effacer/", people.erase, name="erase_person"),
    path("<int:number>/fichiers/<slug:extension>/", people.person_file, name="person_file"),
]
