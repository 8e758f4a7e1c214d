"""Why a backup or a restore stops: one sentence for users, in one kind of exception."""

import errno


class Refused(Exception):
    """Nothing was done, or everything was undone; the message is one sentence for users."""


_CAUSES = {
    errno.ENOSPC: "plus de place sur le disque",
    errno.EDQUOT: "plus de place sur le disque",
    errno.EFBIG: "fichier trop grand pour ce disque",
    errno.ENOENT: "introuvable",
    errno.ENOTDIR: "dossier introuvable",
    errno.EISDIR: "c'est un dossier",
    errno.EACCES: "accès refusé",
    errno.EPERM: "accès refusé",
    errno.EROFS: "disque en lecture seule",
}


def cause(error: OSError) -> str:
    """Why the system refused a file, in words."""
    return _CAUSES.get(error.errno or 0, error.strerror or type(error).__name__)
