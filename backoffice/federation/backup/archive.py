"""The file itself: a ZIP whose comment is the SHA-256 of every byte before it.

Its members: `manifest.json`, `tables/NAME.jsonl` (one row a line) and `evidence/PATH`.
"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Self

from backoffice.federation.backup.refusal import Refused
from backoffice.federation.files import cause

FORMAT = 1
MANIFEST = "manifest.json"
BLOCK = 1 << 20
_SEAL = hashlib.sha256().digest_size * 2
_MANIFEST_AT_MOST = 256 << 20
_NOT_AN_ARCHIVE = (
    *(ValueError, KeyError, TypeError, EOFError),
    *(zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError),
)


@dataclass(frozen=True)
class SavedTable:
    """What the manifest says of a table: `sha256` is that of its lines."""

    name: str
    columns: list[str]
    rows: int
    sha256: str

    @property
    def member(self) -> str:
        return f"tables/{self.name}.jsonl"


@dataclass(frozen=True)
class SavedFile:
    """What the manifest says of an evidence file; `name` is its path in the evidence folder."""

    name: str
    size: int
    sha256: str

    @property
    def member(self) -> str:
        return f"evidence/{self.name}"


@dataclass(frozen=True)
class Manifest:
    """What a backup holds, and the site that it comes from.

    `migrations` are those applied, by app; `missing` are files that a row names and that were not
    in the evidence folder; `keys` are fingerprints.
    """

    product: str
    mode: str
    made_at: str
    database: str
    migrations: dict[str, list[str]]
    keys: dict[str, str]
    tables: list[SavedTable]
    evidence: list[SavedFile]
    missing: list[str]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)

    def text(self) -> bytes:
        document = {"format": FORMAT, **asdict(self)}
        return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")

    @classmethod
    def read(cls, text: bytes) -> Self:
        """The manifest from its text.

        Raises:
            Refused: written by a version that knows another format.
            ValueError, KeyError, TypeError: no manifest at all.
        """
        document = json.loads(text)
        if document.pop("format") != FORMAT:
            raise Refused(
                f"Cette sauvegarde a un format que ce site ne connaît pas (il lit le format "
                f"{FORMAT}) : restaurez-la avec la version {document['product']} du produit."
            )
        tables = [SavedTable(**table) for table in document.pop("tables")]
        evidence = [SavedFile(**file) for file in document.pop("evidence")]
        return cls(tables=tables, evidence=evidence, **document)


def add(archive: zipfile.ZipFile, name: str, blocks: Iterable[bytes]) -> tuple[str, int]:
    """Write one member; its SHA-256 and its size."""
    member = zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o600 << 16
    digest, size = hashlib.sha256(), 0
    with archive.open(member, "w", force_zip64=True) as file:
        for block in blocks:
            file.write(block)
            digest.update(block)
            size += len(block)
    return digest.hexdigest(), size


@contextmanager
def sealed(file: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    """A new archive in `file`, sealed at the end."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        archive.comment = b"0" * _SEAL
        yield archive
    seal = _seal(file)
    file.seek(-_SEAL, 2)
    file.write(seal)


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """A whole, unaltered archive: every byte, then every member, is checked first.

    Raises:
        Refused: unreadable, cut, altered, of another format, or not a backup.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise _unreadable(path, error) from error
    with file:
        yield _checked(file, path)


def blocks(file: IO[bytes]) -> Iterator[bytes]:
    """The content of a file, a part at a time."""
    while block := file.read(BLOCK):
        yield block


def _unreadable(path: Path, error: OSError) -> Refused:
    return Refused(f"La sauvegarde {path} est illisible ({cause(error)}).")


def _checked(file: IO[bytes], path: Path) -> tuple[zipfile.ZipFile, Manifest]:
    try:
        seal = _seal(file)
        if file.read(_SEAL + 1) != seal:
            raise ValueError("seal")
        archive = zipfile.ZipFile(file)
        if archive.getinfo(MANIFEST).file_size > _MANIFEST_AT_MOST:
            raise ValueError(MANIFEST)
        manifest = Manifest.read(archive.read(MANIFEST))
        _check_members(archive, manifest)
    except OSError as error:
        raise _unreadable(path, error) from error
    except _NOT_AN_ARCHIVE as error:
        raise Refused(
            f"{path} n'est pas une sauvegarde entière : le fichier est coupé, altéré ou d'une "
            "autre nature ; prenez-en une autre copie. Rien n'a été écrit."
        ) from error
    return archive, manifest


def _seal(file: IO[bytes]) -> bytes:
    """SHA-256 of everything before the seal; the file is left there."""
    left = file.seek(0, 2) - _SEAL
    if left <= 0:
        raise ValueError("too short")
    file.seek(0)
    digest = hashlib.sha256()
    while left:
        block = file.read(min(BLOCK, left))
        digest.update(block)
        left -= len(block)
    return digest.hexdigest().encode("ascii")


def _check_members(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Exactly the members of the manifest, each with its digest, and its rows or its size."""
    members = [MANIFEST, *(table.member for table in manifest.tables)]
    members += [file.member for file in manifest.evidence]
    if sorted(archive.namelist()) != sorted(members):
        raise ValueError("members")
    for table in manifest.tables:
        sha256, _size, lines = _content(archive, table.member)
        if (sha256, lines) != (table.sha256, table.rows):
            raise ValueError(table.name)
    for file in manifest.evidence:
        sha256, size, _lines = _content(archive, file.member)
        if (sha256, size) != (file.sha256, file.size) or not _stays_inside(file.name):
            raise ValueError(file.name)


def _content(archive: zipfile.ZipFile, member: str) -> tuple[str, int, int]:
    """SHA-256, size and lines of a member."""
    digest, size, lines = hashlib.sha256(), 0, 0
    with archive.open(member) as file:
        for block in blocks(file):
            digest.update(block)
            size += len(block)
            lines += block.count(b"\n")
    return digest.hexdigest(), size, lines


def _stays_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and bool(path.parts)
