"""Zhunsheng's own packages under their own names, whatever else has such a name where it is used.

The rooms are called policy, dsl, interpreter and cli, and a folder to work in may well hold a `policy.py` or a package
`cli`; Python would take that for the room. So the rooms are loaded from beside this package before anything asks for
them. What was imported under such a name before cannot be both: that is told, with the file that is in the way.
"""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from os import path

ROOMS = ("policy", "dsl", "interpreter", "cli")
HOME = path.dirname(path.dirname(path.abspath(__file__)))  # noqa: PTH100, PTH120 (pathlib is slow to load)


def claim() -> None:
    """Load the four rooms. Raises ImportError where another module has the name of one already."""
    for room in ROOMS:
        if room not in sys.modules:
            _warn(room)
            _load(room)
        elif not _is_ours(room, getattr(sys.modules[room], "__file__", None)):
            raise ImportError(_in_the_way(room, getattr(sys.modules[room], "__file__", None) or room), name=room)


def _is_ours(room: str, file: str | None) -> bool:
    return file is not None and path.abspath(file) == path.join(HOME, room, "__init__.py")  # noqa: PTH100, PTH118


def _load(room: str) -> None:
    spec = PathFinder.find_spec(room, [HOME])
    if spec is None or spec.loader is None:
        raise ImportError(f"Zhunsheng in {HOME} lacks its package {room}: install it anew（请重新安装）", name=room)
    module = module_from_spec(spec)
    sys.modules[room] = module
    spec.loader.exec_module(module)


def _in_the_way(room: str, file: str) -> str:
    return (
        f"{file} was imported as “{room}”, and Zhunsheng has a package of that name: rename that file."
        f"（{file} 已经以 {room} 之名导入，而准绳有同名的包：请给这个文件改名。）"
    )


def _warn(room: str) -> None:
    """Say in a program whose own file can no longer be imported; the command imports nobody's files."""
    command = path.basename(sys.argv[0] if sys.argv else "").removesuffix(".exe")  # noqa: PTH119
    if command in ("-m", "zhunsheng"):
        return
    spec = PathFinder.find_spec(room)
    if spec is not None and spec.origin is not None and not _is_ours(room, spec.origin):
        import warnings

        warnings.warn(
            f"`import {room}` gives Zhunsheng's package from here on; rename {spec.origin} to import it too."
            f"（此后 import {room} 得到的是准绳的包；要导入 {spec.origin}，请给它改名。）",
            RuntimeWarning,
            stacklevel=4,
        )
