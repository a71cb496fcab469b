"""A checked document read back in plain sentences, for whoever must sign it (读作：…).

In: the document, for what stands where, and the checked policy, for what it was understood to mean. Out: a sentence a
statement and a line, in Chinese or English whatever the document's own words are; names stay as they are.
document walks the statements; words, values and conditions say amounts, values and conditions; data, scores, cases,
tables and ranks say statements of their kind; known is what the checker found out about a name.
Never here: the wording of the text itself, and anything that nobody checked.
"""

from __future__ import annotations

from dsl.readback.document import Sentence, read_back

__all__ = ["Sentence", "read_back"]
