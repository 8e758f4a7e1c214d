"""What the list of files of a row shows: `ui/_files.html`, wherever a row takes files."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.db import models
from django.http import HttpRequest
from django.urls import reverse

from backoffice.federation.access import rights_over
from backoffice.federation.roles import Right
from backoffice.federation.upload_fields import UploadField
from reports.evidence.attaching import files_of, owner_of
from reports.evidence.link import EvidenceLink


class FileForm(forms.Form):
    """A file to join."""

    file = UploadField()


@dataclass(frozen=True)
class FilesPanel:
    """The files of one row, and the form to join one where the user may.

    `query` names the organisation of the row, `back` the page that shows the panel.
    """

    name: str
    links: Sequence[EvidenceLink]
    form: FileForm
    may_edit: bool
    action: str
    back: str
    query: str


def files_panel(request: HttpRequest, kind: str, row: models.Model) -> FilesPanel:
    """The panel of one row, for a page that shows it."""
    name, owner = f"{kind}-{row.pk}", owner_of(kind, row)
    query = "?" + urlencode({"organisation": owner.enterprise_number})
    return FilesPanel(
        name=name,
        links=list(files_of(kind, row)),
        form=FileForm(auto_id=f"id_{name}_%s"),
        may_edit=Right.EDIT in rights_over(request.user, owner),
        action=reverse("attach_file", args=[kind, row.pk]) + query,
        back=request.get_full_path() if request.method == "GET" else request.path,
        query=query,
    )
