"""Characters to surface nodes: everything about how a policy is written, nothing of what it means.

In: the bytes of a document. Out: a `surface.Document` of typed nodes with spans, or a `parser.Refusal` that says where
the grammar stopped and what could have stood there.
text decodes and gives signs their plain form, limits refuses hostile sizes; keywords.yaml has every word in both
languages (words), grammar.lark what may follow what, and build makes tables.txt of both; tables reads that, lexer and
automaton make a tree in step (parser); reader and reader_values turn the tree into the nodes of surface.
Never here: what a name refers to, types, findings, and the wording of syntax errors (`dsl.mistakes` has it).
"""
