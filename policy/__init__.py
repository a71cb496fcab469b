"""What a checked policy is: the vocabulary that every other package speaks.

In: nothing of ours; this package imports only the standard library and msgspec.
Out: sources and spans, units and types, values, the typed core expressions, definitions with their clauses,
diagnostics as data and the catalogue of their texts in Chinese and English.
Never here: reading text or data, deciding, printing.

The nodes are frozen msgspec structs, not dataclasses: a hundred of them are defined in one millisecond where frozen
slotted dataclasses need forty, and the command promises to answer before one notices.
"""
