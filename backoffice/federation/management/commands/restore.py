"""`backoffice restore`: a backup put back on an empty site, or only verified."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from backoffice.federation.backup.keys import fingerprints, read_keys, site_keys
from backoffice.federation.backup.refusal import Refused
from backoffice.federation.backup.restoring import check_backup, restore_backup
from backoffice.federation.console import Console, refusal, required

_OTHER_KEYS = {
    "BACKOFFICE_SECRET_KEY": (
        "Ce site a une autre clé secrète que le site sauvegardé : chacun devra se reconnecter ; "
        "aucune donnée n'en dépend."
    ),
    "BACKOFFICE_IDENTITY_KEYS": (
        "Ce site a d'autres clés d'identité que le site sauvegardé : les numéros nationaux ne "
        "s'ouvrent qu'avec celles-là ; ajoutez-les à BACKOFFICE_IDENTITY_KEYS."
    ),
}


class Command(Console):
    """Restores a backup, all of it or nothing."""

    help = "Remet une sauvegarde sur un site vide, ou vérifie seulement qu'elle est entière."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", metavar="FICHIER", help="la sauvegarde")
        parser.add_argument("--keys", metavar="FICHIER", help="les clés écrites avec elle")
        parser.add_argument("--check", action="store_true", help="vérifie sans rien écrire")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(required("FICHIER", options["file"]))
        try:
            if options["check"]:
                manifest = check_backup(path)
            else:
                keys = read_keys(Path(options["keys"])) if options["keys"] else None
                manifest = restore_backup(path, keys=keys)
        except Refused as error:
            raise refusal(str(error)) from error
        done = "entière et inaltérée" if options["check"] else "restaurée et relue"
        self.stdout.write(
            f"Sauvegarde {done} : faite le {manifest.made_at} par la version {manifest.product} "
            f"({manifest.database}), lignes : {manifest.rows}, pièces : {len(manifest.evidence)}"
        )
        if options["check"]:
            return
        here = fingerprints(site_keys())
        for name, consequence in _OTHER_KEYS.items():
            if here[name] != manifest.keys.get(name, here[name]):
                self.stdout.write(consequence)
