"""A workbook's archive is looked at before any library opens it: a few kilobytes can unpack to more than a machine has.

The limits are far above what real offices keep and low enough that reading stays within a few gigabytes and minutes.
"""

from __future__ import annotations

import io
from zipfile import ZipFile, ZipInfo

from interpreter.reading.dataset import Place, shielded, stop

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MB = 1 << 20
_SHEETS_LIMIT = 1024 * _MB
_STRINGS_LIMIT = 200 * _MB
_PART_LIMIT = 16 * _MB
_RATIO = 150
"""Sheets of real data shrink to a tenth; of one constant, to a fiftieth."""
_UNSUSPECTED = 4 * _MB
_MOST_PARTS = 5_000
_MEDIA = ("xl/media/", "xl/embeddings/", "xl/drawings/", "xl/charts/", "xl/vbaProject", "xl/pivotCache/")
"""Never unpacked here."""


def refuse_hostile_archive(data: bytes, place: Place) -> None:
    """DataError unless the bytes are an archive of bearable size that holds an Excel workbook."""
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise stop("ZS621", place)
        raise stop("ZS622", place, extension=".xls")
    with shielded("ZS623", place):
        parts = ZipFile(io.BytesIO(data)).infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise stop("ZS621", place)
    if "xl/workbook.bin" in names:
        raise stop("ZS622", place, extension=".xlsb")
    if "[Content_Types].xml" not in names or len(parts) > _MOST_PARTS or len(names) != len(parts):
        raise stop("ZS623", place)
    _refuse_bombs([part for part in parts if not part.filename.startswith(_MEDIA)], place)


def _refuse_bombs(parts: list[ZipInfo], place: Place) -> None:
    for part in parts:
        limit = _limit(part.filename)
        swollen = part.file_size > _UNSUSPECTED and part.file_size > _RATIO * max(part.compress_size, 1)
        if part.file_size > limit or swollen:
            raise stop("ZS624", place, part=part.filename, size=f"{part.file_size // _MB:,}")
    total = sum(part.file_size for part in parts)
    if total > _SHEETS_LIMIT + _STRINGS_LIMIT:
        raise stop("ZS624", place, part="*", size=f"{total // _MB:,}")


def _limit(name: str) -> int:
    if name.startswith("xl/worksheets/"):
        return _SHEETS_LIMIT
    return _STRINGS_LIMIT if "sharedStrings" in name else _PART_LIMIT
