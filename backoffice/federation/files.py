"""Files that the system refuses: why, in words."""

import errno

from django.utils.translation import gettext as _


def cause(error: OSError) -> str:
    """Why the system refused a file, in words."""
    words = {
        errno.ENOSPC: _("plus de place sur le disque"),
        errno.EDQUOT: _("plus de place sur le disque"),
        errno.EFBIG: _("fichier trop grand pour ce disque"),
        errno.ENOENT: _("introuvable"),
        errno.ENOTDIR: _("dossier introuvable"),
        errno.EISDIR: _("c'est un dossier"),
        errno.EACCES: _("accès refusé"),
        errno.EPERM: _("accès refusé"),
        errno.EROFS: _("disque en lecture seule"),
    }
    return words.get(error.errno or 0, error.strerror or type(error).__name__)
