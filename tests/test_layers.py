"""Who may import whom: the drawing of the architecture, held by a test."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "dentalpain"

# Each layer and the layers that it may import, besides itself and errors.
MAY_IMPORT = {
    "clinical": set(),
    "knowledge": {"clinical"},
    "storage": {"clinical", "engine_log"},
    "fhir": {"clinical"},
    "handouts": {"clinical", "paths"},
    "practice": {"clinical", "fhir", "engine_log"},
    "web": {"clinical", "fhir", "handouts", "practice", "service", "settings", "signals", "shapes", "paths", "storage"},
}


def modules_of(layer: str) -> list[Path]:
    return sorted((PACKAGE / layer).rglob("*.py"))


def imported(path: Path) -> set[tuple[str, ...]]:
    """Every module that a file imports, as its dotted parts, relative imports resolved."""
    here = path.relative_to(PACKAGE.parent).with_suffix("").parts
    found: set[tuple[str, ...]] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {tuple(alias.name.split(".")) for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level] if node.level else ()
            name = tuple(node.module.split(".")) if node.module else ()
            found |= {(*base, *name, alias.name) for alias in node.names} if not name else {(*base, *name)}
    return found


@pytest.mark.parametrize("layer", sorted(MAY_IMPORT))
def test_a_layer_imports_only_the_layers_below_it(layer: str) -> None:
    allowed = MAY_IMPORT[layer] | {layer, "errors", "__version__"}
    wrong = {
        f"{path.relative_to(PACKAGE)} imports {'.'.join(parts)}"
        for path in modules_of(layer)
        for parts in imported(path)
        if parts[0] == "dentalpain" and (len(parts) == 1 or parts[1] not in allowed)
    }
    assert not wrong


def test_the_clinical_core_needs_the_standard_library_alone() -> None:
    foreign = {
        f"{path.name} imports {parts[0]}"
        for path in modules_of("clinical")
        for parts in imported(path)
        if parts[0] not in sys.stdlib_module_names and parts[0] not in ("dentalpain", "__future__")
    }
    assert not foreign


def test_the_clinical_core_never_asks_what_day_it_is() -> None:
    asking = {
        f"{path.name}:{node.lineno}"
        for path in modules_of("clinical")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow"}
    }
    assert not asking


def test_no_file_grows_beyond_what_one_idea_needs() -> None:
    long = {str(p.relative_to(PACKAGE)): n for p in PACKAGE.rglob("*.py") if (n := len(p.read_text("utf-8").splitlines())) > 300}
    assert not long
