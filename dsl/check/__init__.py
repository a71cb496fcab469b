"""Surface to core: names get their meaning, every expression its type, and what does not add up is found.

In: a surface document. Out: a `policy.core.Policy` (None if it has errors) and all diagnostics of one run.
symbols finds names; context carries a run; amounts types arithmetic; expressions, tests, definitions, scores, tables,
ranks, exceptions and examples turn their kind of text into core; bands and totals find gaps, overlaps and sums that
do not add up; acceptances match findings with `认可`.
Never here: data, deciding, sentences (a diagnostic is a code with arguments).
"""

from __future__ import annotations

from dsl.check.document import Checked, check, examples_for

__all__ = ["Checked", "check", "examples_for"]
