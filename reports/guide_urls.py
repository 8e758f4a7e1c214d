"""Addresses of the user guide."""

from django.urls import path

from reports.guide import views

urlpatterns = [
    path("", views.guide, name="guide"),
    path("<slug:slug>/", views.chapter, name="chapter"),
]
