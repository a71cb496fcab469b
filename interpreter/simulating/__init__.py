"""What a change of the rules would do: everyone decided under both, compared, and told apart.

In: the decisions before and after, and a way to decide again. Out: a Simulation: who changes, from what to what, who is
hit by the change itself and who merely moves because others do; heads before and after; who went from where to where.
Never here: reading, rendering; the rule in force is not touched.
"""

from __future__ import annotations

from interpreter.simulating.compare import Change, Simulation, Variant, simulate

__all__ = ["Change", "Simulation", "Variant", "simulate"]
