"""Text to policy and back.

In: policy text in Chinese or English, as its author typed it.
Out: a checked `policy.core.Policy` with its findings, or the diagnostics that say what to mend; canonical text.
Rooms, one a phase: syntax/ (bytes to characters, to a tree, to surface nodes), mistakes/ (syntax errors in the
author's words), check/ (names, types, meaning: surface to core), layout/ (the formatter), readback/ (plain sentences),
sources/ (what a policy cites of its written scheme, and what it leaves out). pipeline is the way through them all;
settings puts other values into parameters, suggest finds the name that was meant.
Never here: data, deciding, printing. Lark is imported in syntax/build.py only.
"""
