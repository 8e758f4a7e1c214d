"""`backoffice backup`: the whole site in one file, its keys apart."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from backoffice.federation.backup.keys import SETTINGS, write_keys
from backoffice.federation.backup.refusal import Refused
from backoffice.federation.backup.writing import check_free, make_backup
from backoffice.federation.console import Console, refusal, required


class Command(Console):
    """Writes a backup while the site runs."""

    help = "Écrit une sauvegarde du site (base et pièces) ; les clés vont dans un fichier à part."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", metavar="FICHIER", help="où écrire la sauvegarde (.zip)")
        parser.add_argument("--keys-out", metavar="FICHIER", help="où écrire les clés du site")

    def handle(self, *args: Any, **options: Any) -> None:
        out = Path(required("--out", options["out"]))
        keys_out = Path(options["keys_out"]) if options["keys_out"] else None
        try:
            if keys_out:
                check_free(keys_out)
            manifest = make_backup(out=out)
            if keys_out:
                write_keys(keys_out)
        except Refused as error:
            raise refusal(str(error)) from error
        self.stdout.write(
            f"Sauvegarde écrite : {out} (lignes : {manifest.rows}, "
            f"pièces : {len(manifest.evidence)})"
        )
        if manifest.missing:
            self.stdout.write(
                "Attention, fichiers nommés dans la base et absents du dossier des pièces : "
                f"{len(manifest.missing)} (« missing » du manifeste, dans la sauvegarde)."
            )
        if keys_out:
            self.stdout.write(f"Clés écrites : {keys_out} ; gardez-les ailleurs qu'elle.")
        else:
            names = ", ".join(SETTINGS)
            self.stdout.write(f"Elle ne contient pas les clés ({names}) : gardez-les à part.")
