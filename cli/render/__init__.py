"""Decisions, explanations and diagnostics as text for terminals, pages and tables.

In: what the phases give: diagnostics, decisions with their account, explanations, simulations.
Out: pictures for a terminal (Rich), HTML, Markdown, and objects for JSON, in Chinese or English, whose phrases stand
side by side.
Never here: deciding, reading or writing of files; nothing is worked out that the phases did not say.
"""
