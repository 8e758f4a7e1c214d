"""Remove the content of a kept file: its row stays, with its size and its SHA-256."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.federation.media_types import ENDINGS
from backoffice.federation.models import StoredFile


@transaction.atomic
def erase_file(row: StoredFile) -> None:
    """Take the content off the disk once the transaction is written, and its name with it."""
    if row.erased_at is not None:
        return
    path, storage = row.file.name or "", row.file.storage
    row.erased_at = timezone.now()
    row.name = _("fichier effacé") + ENDINGS[row.media_type][0]
    row.save(update_fields=["erased_at", "name"])
    transaction.on_commit(lambda: storage.delete(path))
