"""Addresses of the records: each list has its own, the rest is the same for all."""

from django.urls import path

from reports.records.all import RECORDS
from reports.views import record_rows, records

urlpatterns = [
    *(
        path(f"{record.address}/", records.records, {"record": slug}, name=slug)
        for slug, record in RECORDS.items()
    ),
    path("registres/<slug:record>/classeur/", records.records_file, name="records_file"),
    path("registres/<slug:record>/vues/", records.save_list_view, name="save_list_view"),
    path("registres/vues/<int:number>/supprimer/", records.drop_list_view, name="drop_list_view"),
    path("registres/<slug:record>/nouveau/", record_rows.new_row, name="new_row"),
    path("registres/<slug:record>/<int:number>/", record_rows.record_row, name="record_row"),
    path(
        "registres/<slug:record>/<int:number>/changer/", record_rows.change_row, name="change_row"
    ),
    path("registres/<slug:record>/<int:number>/terminer/", record_rows.end_row, name="end_row"),
    path("registres/<slug:record>/<int:number>/supprimer/", record_rows.drop_row, name="drop_row"),
]
