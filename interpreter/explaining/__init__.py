"""Decisions told: the recorded steps of one person become an explanation, and what would have changed it.

In: decisions with their steps (exact/trace) and the policy they were made by; for why_not also the population.
Out: an Explanation or a WhyNot: figures with their types, the document's own words, and codes with arguments for what
is to be said in a language (the phrases stand in cli/render).
How: reached finds the definitions a case came from, steps tells each in the order of the document (telling walks a
step; by topic choices, conditions, lists), places reads ranks and the edges of bands, explain joins them; lacking says
what stands between a person and a value, changes and trying decide again with one figure changed, whynot joins these.
Never here: sentences, printing; explain never evaluates. Only why_not decides again, and verifies what it claims.
"""

from __future__ import annotations

from interpreter.explaining.explain import explain
from interpreter.explaining.model import Explanation, UnexplainedError
from interpreter.explaining.whynot import WhyNot, why_not

__all__ = ["Explanation", "UnexplainedError", "WhyNot", "explain", "why_not"]
