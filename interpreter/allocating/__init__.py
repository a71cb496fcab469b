"""Allocation: which items go to which owners, under hard lines and goals strictly in order."""
