"""Addresses of the way of a justification, below its page."""

from django.urls import path

from reports.workflow.views import comparison, decision, moves, rehearsal, versions

urlpatterns = [
    path("etat/<slug:slug>/", moves.move, name="move"),
    path("approbation/<slug:slug>/", moves.approve_move, name="approve_move"),
    path("decision/", decision.decision, name="decision"),
    path("decision/lignes/", decision.decide_lines, name="decide_lines"),
    path("decision/rubrique/", decision.decide_head, name="decide_head"),
    path("decision/enregistrer/", decision.decide_whole, name="decide_whole"),
    path("comparaison/<slug:other>/", comparison.comparison, name="comparison"),
    path("repetition/", rehearsal.rehearsal, name="rehearsal"),
    path("repetition/classeur/", rehearsal.rehearsal_xlsx, name="rehearsal_xlsx"),
    path("version-<int:version>/json/", versions.frozen_json, name="frozen_json"),
]
