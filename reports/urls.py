"""Addresses of the reports: subsidies, justifications, imports."""

from django.urls import include, path

from reports.views import (
    complements,
    figures,
    files,
    imports,
    jobs,
    lists,
    radar,
    rules,
    subsidies,
    tie_out,
    year,
)

urlpatterns = [
    path("", subsidies.subsidies, name="subsidies"),
    path(
        "subventions/<path:reference>/<int:year>/explication/<slug:kind>/<str:name>/",
        subsidies.explanation,
        name="explanation",
    ),
    path(
        "subventions/<path:reference>/<int:year>/acceptations/",
        subsidies.accept,
        name="accept",
    ),
    path(
        "subventions/<path:reference>/<int:year>/fichiers/<slug:extension>/",
        files.justification_file,
        name="justification_file",
    ),
    path(
        "subventions/<path:reference>/<int:year>/",
        subsidies.justification,
        name="justification",
    ),
    path("dossiers/<int:year>/ecrire/", subsidies.write_year, name="write_year"),
    path("travaux/", jobs.jobs, name="jobs"),
    path("travaux/<int:number>/", jobs.one_job, name="job"),
    path("travaux/<int:number>/fichier/", jobs.job_file, name="job_file"),
    path("travaux/<int:number>/annuler/", jobs.cancel_job, name="cancel_job"),
    path("travailleurs/", lists.workers, name="workers"),
    path("travailleurs/classeur/", lists.workers_xlsx, name="workers_xlsx"),
    path("factures/", lists.invoices, name="invoices"),
    path("factures/classeur/", lists.invoices_xlsx, name="invoices_xlsx"),
    path(
        "subventions/<path:reference>/<int:year>/avenant/",
        year.amendment,
        name="amendment",
    ),
    path("demandes/", year.applications, name="applications"),
    path(
        "demandes/<path:reference>/fichiers/<slug:extension>/",
        year.application_document,
        name="application_file",
    ),
    path("complements/", complements.complements_page, name="complements"),
    path(
        "complements/fichiers/<slug:extension>/",
        complements.complements_file,
        name="complements_file",
    ),
    path("cumuls/", radar.radar_page, name="radar"),
    path("cumuls/matrice/", radar.stacking_matrix, name="stacking_matrix"),
    path("echeances/", include("reports.deadline_urls")),
    path("rapprochement/", tie_out.tie_out_page, name="tie_out"),
    path(
        "rapprochement/<int:year>/fichiers/<slug:extension>/",
        tie_out.tie_out_file,
        name="tie_out_file",
    ),
    path("regles/", rules.rules, name="rules"),
    path("regles/<slug:code>/", rules.rule, name="rule"),
    path("valeurs/", figures.figures, name="figures"),
    path("valeurs/<str:code>/", figures.figure, name="figure"),
    path("valeurs/<str:code>/verifiee/", figures.verify, name="verify_figure"),
    path("reconduction/", year.rollover, name="rollover"),
    path("imports/", imports.imports, name="imports"),
    path("imports/modele/", imports.template, name="import_template"),
    path("imports/<int:number>/", imports.one_import, name="import"),
    path("imports/<int:number>/importer/", imports.apply_import, name="apply_import"),
    path("imports/<int:number>/abandonner/", imports.discard_import, name="discard_import"),
    path("imports/<int:number>/problemes/", imports.import_problems, name="import_problems"),
]
