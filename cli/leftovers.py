"""Names of files while they are written, and the clearing of those whose writer was killed before it could.

A name tells the machine and the process that writes, so that a later run takes away what the dead have left behind and
nothing that somebody is writing right now.
"""

from __future__ import annotations

import os
import platform
import re
import secrets
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

_NAME = re.compile(r"\.zhunsheng\.([0-9a-f]{8})\.([0-9]{1,10})\.[0-9a-f]{16}")


def name_beside(target: Path) -> Path:
    """A new name in the folder of `target`."""
    return target.with_name(f".zhunsheng.{_machine()}.{os.getpid()}.{secrets.token_hex(8)}")


def clear(folder: Path) -> None:
    """Take away what processes of this machine that are no more have left in a folder."""
    with suppress(OSError):
        found = [(path, _NAME.fullmatch(path.name)) for path in folder.iterdir() if path.name.startswith(".zhunsheng.")]
        for path, name in found:
            if name and name[1] == _machine() and not _alive(int(name[2])):
                with suppress(OSError):
                    path.unlink()


def _machine() -> str:
    return sha256(platform.node().encode()).hexdigest()[:8]


def _alive(process: int) -> bool:
    """Whether a process runs; where that cannot be told, it may."""
    if sys.platform == "win32":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
