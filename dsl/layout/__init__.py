"""The formatter: the canonical text of a policy, and its turn from one language into the other.

In: policy text that parses. Out: the same policy in the one way there is to write it, or the place where it does not
parse; a diff of the two.
lines cuts text into lines of pieces, words says each piece in either language, tables sets rows in columns, and
document makes the page and reads it again before it is given away.
Never here: any change of what a policy says. Names, strings, citations and comments stay as they are.
"""

from __future__ import annotations

from dsl.layout.document import LayoutError, diff, format_text

__all__ = ["LayoutError", "diff", "format_text"]
