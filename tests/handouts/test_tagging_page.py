"""The page on the tagging layer is true: its example runs, and the layer stands alone."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import page

from dentalpain.handouts.tagging import About

from .mutants import MUTANTS
from .reading_pdf import spoken

ROOT = Path(__file__).parent.parent.parent
TEXT = (ROOT / "docs/tagging.md").read_text(encoding="utf-8")


def test_the_example_of_the_page_makes_an_accessible_and_archival_file() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    names: dict[str, object] = {}
    exec(compile(code, "docs/tagging.md", "exec"), names)
    data = names["pdf"]
    assert isinstance(data, bytes)
    for profile in ("ua1", "2a"):
        report = page.validate_pdf_bytes(data, profile=profile)
        assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]
    assert spoken(data) == [
        ("H1", "Opening hours"), ("P", "See our page for holidays."), ("LBody", "Ring the bell."),
        ("LBody", "Wait for the light."), ("P", "Day"), ("P", "Open"), ("P", "Monday"), ("P", "8 to 5"),
        ("Figure", "The door is on the left side of the house."),
    ]  # fmt: skip


def test_the_layer_imports_nothing_of_the_rest_but_errors() -> None:
    inside = {path.stem for path in Path(ROOT / "dentalpain/handouts/tagging").glob("*.py")}
    for path in Path(ROOT / "dentalpain/handouts/tagging").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level:
                assert (node.level == 1 and node.module in inside) or node.module == "errors", (path.name, node.module)
            elif isinstance(node, ast.ImportFrom | ast.Import):
                names = [node.module] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
                assert not [name for name in names if str(name).startswith("dentalpain")], path.name


def test_the_page_counts_the_spoilt_files_as_they_are() -> None:
    assert f"{len(MUTANTS)} spoilt files" in TEXT
    assert "on" in About.__annotations__
