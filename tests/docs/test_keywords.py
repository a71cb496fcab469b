"""The page of all keywords is what the keyword table says."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location

from tests.docs.snippets import DOCS


def test_the_page_is_up_to_date() -> None:
    found = spec_from_file_location("build_language", DOCS / "build_language.py")
    assert found is not None
    assert found.loader is not None
    module = module_from_spec(found)
    found.loader.exec_module(module)
    assert (DOCS / "language" / "keywords.md").read_text(encoding="utf-8") == module.page()
