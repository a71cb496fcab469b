"""What the user typed becomes files, and files become bytes: `record=file`, files, folders, `workbook.xlsx#sheet`.

A file is read once, whole, and must look the same after reading as before; what is no ordinary file (a pipe, a device)
is never opened.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from interpreter.reading.dataset import Note, Place, Stamp, because, stop
from policy.catalogue.system import why_of
from policy.core import Record

TEXT_TABLES = (".csv", ".tsv", ".txt")
WORKBOOKS = (".xlsx", ".xlsm")
TREES = (".json", ".yaml", ".yml")
EXTENSIONS = (*TEXT_TABLES, *WORKBOOKS, ".parquet", *TREES)
OLD = (".xls", ".xlsb", ".et", ".ods", ".numbers")

_LIMITS = {".yaml": 4 << 20, ".yml": 4 << 20, ".json": 256 << 20, ".xlsx": 512 << 20, ".xlsm": 512 << 20}
_LIMIT = 4 << 30


class Input(Struct, frozen=True):
    """One file to read. `record` and `sheet` are empty where the user did not say; an `offered` one lay in a folder, to
    be used if its titles fit; a `spare` one lay there beside those that are named after records."""

    path: Path
    record: str = ""
    sheet: str = ""
    offered: bool = False
    spare: bool = False

    @property
    def extension(self) -> str:
        return self.path.suffix.lower()


def plain_name(name: str) -> str:
    """A record's, file's or sheet's name as they are compared."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def record_named(name: str, records: Sequence[Record]) -> Record | None:
    return next((record for record in records if plain_name(record.name) == plain_name(name)), None)


def inputs_of(specs: Sequence[str], records: Sequence[Record]) -> tuple[list[Input], list[Note]]:
    """The files that `specs` mean, folders opened, and what in those folders was left aside."""
    inputs: list[Input] = []
    notes: list[Note] = []
    words = [_taken_apart(spec, records) for spec in specs]
    told = {real(path) for record, path, sheet in words if (record or sheet) and not path.is_dir()}
    for record, path, sheet in words:
        if path.is_dir():
            mine = [one for one in records if record in ("", one.name)]
            found, left = _in_folder(path, mine)
            found = [each for each in found if not (each.offered and real(each.path) in told)]
            left = [each for each in left if real(each) not in told]
            inputs += [*found, *(Input(each, spare=True) for each in left)]
            if left:
                listed = "、".join(each.name for each in left[:10]) + ("…" if len(left) > 10 else "")
                notes.append(Note(because("ZS663", files=listed), Place(str(path))))
        else:
            inputs.append(Input(path, record, sheet))
    return inputs, notes


def _taken_apart(spec: str, records: Sequence[Record]) -> tuple[str, Path, str]:
    """Record, path and sheet of one word of the command line."""
    record, rest = "", spec
    if "=" in spec and not _exists(spec):
        name, _, rest = spec.partition("=")
        known = record_named(name, records)
        if known is None:
            raise stop("ZS618", Place(spec), name=name, records="、".join(r.name for r in records))
        record = known.name
    if not rest:
        raise stop("ZS601", Place(spec), path=spec)
    if "#" in rest and not _exists(rest):
        path, _, sheet = rest.rpartition("#")
        return record, Path(path), sheet
    return record, Path(rest), ""


def _exists(path: str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False


def real(path: str | Path) -> str:
    """A path by which a file is the same however it was written."""
    return os.path.realpath(str(path).replace("\0", ""))


def _in_folder(folder: Path, records: Sequence[Record]) -> tuple[list[Input], list[Path]]:
    """The files of a folder that are named after records, and the other data files in it."""
    try:
        names = sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~$")))
    except OSError as error:
        raise stop("ZS602", Place(str(folder)), why=why_of(error)) from error
    files = [path for path in names if path.suffix.lower() in EXTENSIONS and path.is_file()]
    mine = [(path, record_named(path.stem, records)) for path in files]
    found = [Input(path, record.name) for path, record in mine if record]
    if not found and len(records) == 1 and len(files) == 1:
        return [Input(files[0], records[0].name)], []
    if not found and files:
        return [Input(path, offered=True) for path in files], []
    if not found:
        listed = "、".join(path.name for path in files[:10]) or "-"
        raise stop("ZS617", Place(str(folder)), records="、".join(r.name for r in records), files=listed)
    return found, [path for path, record in mine if record is None]


def read_bytes(source: Input) -> tuple[bytes, Stamp]:
    """The bytes of a file and its stamp; DataError where it is no readable, ordinary, data file of a bearable size."""
    place = Place(str(source.path))
    _refuse_extension(source, place)
    try:
        status = source.path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise stop("ZS642", place)
        limit = _LIMITS.get(source.extension, _LIMIT)
        if status.st_size > limit:
            raise stop("ZS638", place, size=f"{status.st_size >> 20:,}", limit=f"{limit >> 20:,}")
        data = source.path.read_bytes()
    except FileNotFoundError as error:
        raise stop("ZS601", place, path=source.path) from error
    except (OSError, ValueError) as error:
        raise stop("ZS602", place, why=why_of(error)) from error
    stamp = Stamp(str(source.path), status.st_size, status.st_mtime_ns)
    if len(data) != status.st_size:
        raise stop("ZS637", place)
    refuse_change(stamp)
    if not data:
        raise stop("ZS605", place)
    return data, stamp


def refuse_change(stamp: Stamp) -> None:
    """DataError if a file no longer looks as it did when it was read."""
    try:
        now = Path(stamp.path).stat()
    except OSError as error:
        raise stop("ZS637", Place(stamp.path)) from error
    if (now.st_size, now.st_mtime_ns) != (stamp.size, stamp.modified):
        raise stop("ZS637", Place(stamp.path))


def _refuse_extension(source: Input, place: Place) -> None:
    if source.extension in EXTENSIONS:
        return
    if source.extension in OLD and _exists(str(source.path)):
        raise stop("ZS622", place, extension=source.extension)
    if not _exists(str(source.path)):
        raise stop("ZS601", place, path=source.path)
    raise stop("ZS603", place, extension=source.extension or "-", known=" ".join(EXTENSIONS))
