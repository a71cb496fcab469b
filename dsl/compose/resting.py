"""The documents that a policy rests on, found beside it and compiled, so that what they declare is known."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from dsl.syntax import surface as s
from policy import core
from policy.diagnostic import Argument, Diagnostic, Severity
from policy.source import Source

if TYPE_CHECKING:
    from dsl.pipeline import Loaded

SHOWN = 12
"""Files of a circle that are shown."""


class Rested(Struct, frozen=True, eq=False):
    """A document with the policies that it rests on, the settings that are its own, and what is wrong otherwise."""

    document: s.Document
    settings: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...] = ()


def rested(source: Source, document: s.Document, settings: Mapping[str, str], above: tuple[Path, ...]) -> Rested:
    """The documents under this one, each compiled; `above` are the files that rest on it, outermost first.

    Settings of parameters that stand in a document below are made there.
    """
    own = {st.name.text for st in document.statements if isinstance(st, s.Param)}
    left = {name: value for name, value in settings.items() if name not in own}
    bases: list[core.Policy] = []
    seen: set[Path] = set()
    said: list[Diagnostic] = []
    for word in document.rests:
        path, wrong = _path(source, word, above)
        if path is not None and path.resolve() in seen:
            continue
        seen.update([path.resolve()] if path is not None else [])
        found = None if path is None else _loaded(word, path, (*above, Path(source.name).resolve()), left)
        alone = found is not None and found[0].document is not None and found[0].document.kind == "supplement"
        said += wrong if found is None else found[0].diagnostics if found[0].policy is None and not alone else ()
        if found is None or found[0].policy is None:
            said += [] if found is None else [_broken(word, found[0])]
            continue
        bases.append(found[0].policy)
        left = {name: value for name, value in left.items() if name not in found[1]}
    mine = {name: value for name, value in settings.items() if name in own or name in left}
    return Rested(structs.replace(document, bases=tuple(bases)), mine, tuple(said))


def _path(source: Source, word: s.Word, above: tuple[Path, ...]) -> tuple[Path | None, list[Diagnostic]]:
    """The file that is meant, if it lies in the folder of the document, is no link out of it and does not come back."""
    folder = Path(source.name).parent
    written = Path(word.text.replace("\\", "/"))
    path = folder / written
    real = path.resolve()
    if written.is_absolute() or ".." in written.parts or not real.is_relative_to(folder.resolve()):
        return None, [_wrong("ZS251", word, file=word.text)]
    if not path.is_file():
        known = tuple(sorted(p.name for p in folder.glob("*.policy") if p.resolve() != Path(source.name).resolve()))
        return None, [_wrong("ZS250", word, file=word.text, known=known or ("—",))]
    chain = (*above, Path(source.name).resolve())
    if real in chain:
        names = [p.name for p in (*chain[chain.index(real) :], real)]
        shown = names if len(names) <= SHOWN else [*names[: SHOWN - 1], "…", names[-1]]
        return None, [_wrong("ZS252", word, circle=" → ".join(shown))]
    return path, []


def _loaded(
    word: s.Word, path: Path, above: tuple[Path, ...], settings: Mapping[str, str]
) -> tuple[Loaded, frozenset[str]] | None:
    """The policy of a file, and the settings that were made in it."""
    from dsl.pipeline import load

    loaded = load(path, above=above)
    if loaded.policy is None:
        told = tuple(structs.replace(d, fix=None) for d in loaded.diagnostics if d.blocks)
        return structs.replace(loaded, diagnostics=told), frozenset()
    known = {d.name for d in loaded.policy.definitions if d.kind == "parameter"}
    inside = {name: value for name, value in settings.items() if name in known}
    if inside:
        again = load(path, inside, above=above)
        blocked = tuple(structs.replace(d, fix=None) for d in again.diagnostics if d.blocks)
        loaded = structs.replace(again, diagnostics=blocked) if again.policy is None else again
    return loaded, frozenset(inside)


def _broken(word: s.Word, loaded: Loaded) -> Diagnostic:
    if loaded.document is not None and loaded.document.kind == "supplement":
        return _wrong("ZS256", word, file=word.text)
    return _wrong("ZS253", word, file=word.text, count=sum(d.blocks for d in loaded.diagnostics))


def _wrong(code: str, word: s.Word, **arguments: Argument) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, word.span, arguments)
