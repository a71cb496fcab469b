"""Text to policy and back.

In: policy text in Chinese or English, as its author typed it.
Out: a checked `policy.core.Policy` with its findings, or the diagnostics that say what to mend; canonical text.
Phases, a file each: text (bytes to characters), lexer and parser (characters to a tree, grammar.lark), surface (the
tree as typed nodes), mistakes (syntax errors in the author's words), check/ (names, types, meaning: surface to core),
findings (what does not add up), layout (the formatter), readback (plain sentences).
Never here: data, deciding, printing. Lark is imported in this package only.
"""
