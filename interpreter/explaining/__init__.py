"""Decisions told: the recorded steps of one person become an explanation, and what would have changed it.

In: decisions with their steps (exact/trace) and the policy they were made by; for why_not also the population.
Out: an Explanation or a WhyNot: figures with their types, the document's own words, and codes with arguments for what
is to be said in a language (the phrases stand in cli/render).
How: telling walks a step to items (formulas, conditions, choices, lists, exceptions, standings by topic), places
reads ranks and the edges of bands, steps puts the definitions in the order of the document, explain joins them;
lacking says what stands between a person and a value, trying decides again with one figure changed.
Never here: sentences, printing; explain never evaluates. Only why_not decides again, and verifies what it claims.
"""

from __future__ import annotations

from interpreter.explaining.explain import explain
from interpreter.explaining.model import Explanation, UnexplainedError
from interpreter.explaining.whynot import WhyNot, why_not

__all__ = ["Explanation", "UnexplainedError", "WhyNot", "explain", "why_not"]
