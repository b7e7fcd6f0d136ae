"""Nothing public goes undescribed: each setting, argument, action, command, address, signal and fixture stands in docs/hosts.md."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import click
import pytest
from flask import Flask

from dentalpain import DentalPain
from dentalpain.cli import flask_commands, verbs
from dentalpain.settings import NAMES
from dentalpain.signals import SIGNALS
from dentalpain.testing import __all__ as testing_names
from dentalpain.web.mount import ACTIONS
from tests.test_docs import leaves

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "hosts.md").read_text(encoding="utf-8")
NOT_FOR_HOSTS = {"self", "app", "service"}  # `service` replaces the whole reasoning, in our own tests


def undescribed(names: list[str], pattern: str) -> list[str]:
    """The names that do not stand on the page in the place that the pattern describes."""
    return [name for name in names if not re.search(pattern.format(re.escape(name)), PAGE, re.M)]


def test_the_page_can_lack_something() -> None:
    assert undescribed(["DENTALPAIN_XYZZY", "DENTALPAIN_STORE"], r"^\| `{}` \| \S") == ["DENTALPAIN_XYZZY"]


def test_each_setting_has_its_line_in_the_table_and_no_line_is_of_a_setting_that_is_gone() -> None:
    assert undescribed(list(NAMES), r"^\| `{}` \| \S") == []
    assert set(re.findall(r"^\| `(DENTALPAIN_\w+)` \|", PAGE, re.M)) == set(NAMES)


def test_each_argument_of_init_app_is_described_where_it_is_attached() -> None:
    arguments = [name for name in inspect.signature(DentalPain.init_app).parameters if name not in NOT_FOR_HOSTS]
    assert undescribed(arguments, r"^    {}=.*# \S") == []


def test_each_action_that_a_host_is_asked_about_is_described() -> None:
    assert undescribed(list(ACTIONS), r"^\| `{}` \| \S") == []


def test_the_same_verbs_are_known_inside_a_host() -> None:
    assert set(flask_commands.commands) == set(verbs.commands)


def test_each_command_says_what_it_does_and_so_does_each_option() -> None:
    """The page of commands is made of these sentences (tests/test_docs.py)."""
    silent = []
    for name, command in leaves(verbs):
        silent += [name] if not command.help else []
        silent += [f"{name} {p.name}" for p in command.params if isinstance(p, click.Option) and not p.help]
    assert silent == []
    assert "[commands.md](commands.md)" in PAGE


def test_each_file_and_folder_of_the_knowledge_is_described_to_clinicians() -> None:
    folder = ROOT / "dentalpain" / "knowledge"
    page = (folder / "README.md").read_text(encoding="utf-8")
    files = [one.name for one in folder.iterdir() if one.suffix in {".csv", ".toml"}]
    folders = [f"{one.name}/" for one in folder.iterdir() if one.is_dir() and any(one.rglob("*.toml"))]
    assert [name for name in (*files, *folders) if f"`{name}" not in page] == []


def test_each_decision_stands_in_the_list_of_decisions() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = set(re.findall(r"\]\(([\w-]+\.md)\) \|$", (folder / "README.md").read_text(encoding="utf-8"), re.M))
    assert listed == {page.name for page in folder.glob("*.md")} - {"README.md"}


def addresses() -> list[str]:
    """The address of each of our pages and services under the prefix, as a host reads it."""
    app = Flask("everything")
    app.config.update(SECRET_KEY="x")
    DentalPain().init_app(app, authorize=lambda *who: False, current_user=lambda: None, practice=object(), url_prefix="/P")  # type: ignore[arg-type]  # no practice is asked here
    ours = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("dentalpain")]
    catch_all = ("api_other", "cds_other", "cds_nothing", "fhir_other")  # what they answer is that there is nothing
    named = [rule for rule in ours if not rule.endpoint.endswith(catch_all)]
    return sorted({one for rule in named for one in spread(rule.rule.removeprefix("/P"))})


def spread(rule: str) -> list[str]:
    """An address for each word that a rule lets through, with {…} for what varies."""
    words = re.search(r"<any\(([^)]*)\):\w+>", rule)
    each = [rule.replace(words[0], word.strip()) for word in words[1].split(",")] if words else [rule]
    return [re.sub(r"<(?:\w+:)?\w+>", "{…}", one) for one in each]


def test_each_address_that_we_serve_is_described() -> None:
    page = re.sub(r"\{[\w…]+\}", "{…}", PAGE)
    assert [address for address in addresses() if not re.search(rf"^\| `{re.escape(address)}` \| \S", page, re.M)] == []


def test_each_signal_has_its_line_and_its_own_documentation() -> None:
    assert undescribed([signal.name for signal in SIGNALS], r"^\| `{}` \| \S") == []
    assert all(signal.__doc__ and signal.__doc__.endswith(".") for signal in SIGNALS)


def test_each_fixture_and_each_name_for_tests_is_described() -> None:
    tree = ast.parse((ROOT / "pytest_dentalpain.py").read_text(encoding="utf-8"))
    fixtures = [node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.decorator_list]
    assert len(fixtures) >= 5 and undescribed(fixtures, r"^\| `{}` \| \S") == []
    assert undescribed(list(testing_names), r"`{}\b") == []


@pytest.mark.parametrize("page", ["README.md", "docs/hosts.md"])
def test_the_page_for_beginners_is_linked(page: str) -> None:
    assert "embed.md" in (ROOT / page).read_text(encoding="utf-8")
