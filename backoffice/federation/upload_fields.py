"""The field of a form that takes a file: it says its bounds, before sending and after."""

from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from backoffice.federation.media_types import ENDINGS, EVIDENCE_TYPES, TYPE_NAMES
from backoffice.federation.storing import MAX_BYTES

TOO_LARGE = _("Le fichier dépasse 20 Mo : réduisez-le ou coupez-le en plusieurs fichiers.")


class UploadField(forms.FileField):
    """A file of some media types; `keep_file` judges the content, this field its size and hint.

    The page checks the size before anything is sent (`data-max-bytes`, site.js).
    """

    def __init__(self, *, types: frozenset[str] = EVIDENCE_TYPES, **options: Any) -> None:
        self.types = types
        names = ", ".join(sorted(TYPE_NAMES[one] for one in types))
        options.setdefault("label", _("Fichier"))
        options.setdefault("help_text", format_lazy(_("{types}, 20 Mo au plus."), types=names))
        options.setdefault("error_messages", {})
        options["error_messages"] = {
            "required": _("Choisissez un fichier."),
            "empty": _("Le fichier est vide : choisissez le fichier rempli."),
            **options["error_messages"],
        }
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {
            **super().widget_attrs(widget),
            "accept": ",".join(end for one in sorted(self.types) for end in ENDINGS[one]),
            "data-max-bytes": MAX_BYTES,
            "data-too-large": TOO_LARGE,
        }

    def to_python(self, data: Any) -> UploadedFile[Any] | None:
        if data is not None and (data.size or 0) > MAX_BYTES:
            raise forms.ValidationError(TOO_LARGE, code="too_large")
        return cast("UploadedFile[Any] | None", super().to_python(data))
