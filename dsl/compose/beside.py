"""The policy that an amendment changes, found by its name among the documents beside it."""

from __future__ import annotations

import re
from pathlib import Path

from dsl.syntax import text
from dsl.syntax.tables import lexicon
from policy.diagnostic import Diagnostic, Severity
from policy.source import Source, Span


def base_of(amendment: Source, title: str, span: Span) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """The policy of a name in the folder of an amendment, or else in the folder above; what is wrong where there is not
    just one."""
    folder = Path(amendment.name).parent
    for place in (folder, folder / ".."):
        found = [source for path in sorted(place.glob("*.policy")) if (source := _titled(path, title)) is not None]
        if len(found) == 1:
            return found[0], ()
        if found:
            names = tuple(Path(source.name).name for source in found)
            return None, (Diagnostic("ZS242", Severity.ERROR, span, {"name": title, "known": names}),)
    return None, (Diagnostic("ZS241", Severity.ERROR, span, {"name": title}),)


def _titled(path: Path, title: str) -> Source | None:
    """The text of a file if it is the policy of that name."""
    try:
        source, _ = text.read(path)
    except OSError:
        return None
    if source is None:
        return None
    head = lexicon().by_token["POLICY"]
    words = "|".join(map(re.escape, (head.zh, head.en)))
    first = re.search(rf"(?m)^[ \t]*(?:{words})[ \t]*[\"“”]([^\"“”\n]*)[\"“”]", text.plain(source.text))
    return source if first is not None and first[1] == title else None
