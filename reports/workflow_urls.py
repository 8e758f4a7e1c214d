"""Addresses of the way of a justification, below its page."""

from django.urls import path

from reports.workflow.views import moves, versions

urlpatterns = [
    path("etat/<slug:slug>/", moves.move, name="move"),
    path("approbation/<slug:slug>/", moves.approve_move, name="approve_move"),
    path("version-<int:version>/json/", versions.frozen_json, name="frozen_json"),
]
