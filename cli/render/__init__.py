"""Decisions and diagnostics as text for terminals, pages and tables."""
