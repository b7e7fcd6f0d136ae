"""The documentation, held to what is true: generated pages are current, links lead somewhere, nothing goes undescribed.

DENTALPAIN_WRITE_DOCS=1 writes the generated pages instead of comparing them.
"""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from dentalpain.cli import verbs
from dentalpain.handouts.wording import load
from dentalpain.knowledge.load import load_knowledge

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def rules_page() -> str:
    knowledge = load_knowledge()
    lines = [
        "# Rules",
        "",
        "Every rule by its three names: the public id, the function that decides, and the file that a clinician reads.",
        f"{len(knowledge.rules.rules)} of {len(knowledge.rule_index)} rules are built; what is not built is not offered.",
        "",
        "| id | severity | title | function | file |",
        "| --- | --- | --- | --- | --- |",
    ]
    for rule in sorted(knowledge.rules.rules, key=lambda r: r.id):
        module = rule.function.__module__.removeprefix("dentalpain.clinical.")
        function = f"`{module}.{rule.function.__name__}`"
        file = str(rule.texts["path"]).removeprefix("knowledge/")
        lines.append(f"| {rule.id} | {rule.severity.word} | {rule.texts['title']} | {function} | `{file}` |")
    missing = sorted(set(knowledge.rule_index) - set(knowledge.rules.by_id))
    if missing:
        lines += ["", f"Not built yet: {', '.join(missing)}."]
    return "\n".join(lines) + "\n"


def facts_page() -> str:
    knowledge = load_knowledge()
    lines = [
        "# Facts",
        "",
        "Every fact that a rule may read, for `--fact ID=VALUE` and the JSON API. Silence about a fact is unknown, never no;",
        "the few exceptions say why. `VALUE` is yes or no, a number in the unit, a date, or one of the words.",
        "",
        "| id | meaning | value | unit | counts for days | if nobody says |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for fact in knowledge.facts.values():
        value = fact.value.removeprefix("choice:").replace("|", ", ").replace("_no", " or no")
        absent = f"{fact.absent.replace('_', ' ')}: {fact.absent_reason}" if fact.absent_reason else fact.absent
        days = fact.stale_after_days if fact.stale_after_days is not None else ""
        lines.append(f"| {fact.id} | {fact.meaning} | {value} | {fact.unit} | {days} | {absent} |")
    return "\n".join(lines) + "\n"


def options_page() -> str:
    knowledge = load_knowledge()
    lines = ["# Options", "", "What a review judges, and the ids for `--consider` and `--give`.", "", "| id | kind | name |"]
    lines.append("| --- | --- | --- |")
    lines += [f"| {o['id']} | {o['kind']} | {o['name']} |" for o in knowledge.options.values()]
    lines += ["", "## Topics of handouts", "", *TOPICS, "", "| topic | title |", "| --- | --- |"]
    lines += [f"| {topic.id} | {topic.title} |" for topic in load("en").topics.values()]
    return "\n".join(lines) + "\n"


TOPICS = [
    "For `--topic` (these alone), `--also` (added to what the visit calls for) and `--without` (left out). `medicine:` and the",
    "id of a medicine above is a page on it alone, with its dose. `my-course` draws the scores of the record and the store.",
]


def commands_page() -> str:
    lines = [
        "# Commands",
        "",
        "`dentalpain` on its own, and `flask dentalpain` inside a host with the store and the settings of that host.",
        "`--json` prints the whole result. Exit 0: done; 2: the input cannot be used, one line says why; 1: a fault of ours.",
    ]
    for path, command in leaves(verbs):
        usage = " ".join(command.collect_usage_pieces(click.Context(command)))
        told = inspect.cleandoc(str(command.help)).splitlines()
        lines += ["", f"## dentalpain {path}", "", f"`dentalpain {path} {usage}`", "", *told]
        options = [option for option in command.params if isinstance(option, click.Option)]
        lines += ["", "| option | what it does |", "| --- | --- |"] if options else []
        lines += [f"| `{' '.join(filter(None, [*option.opts, option.metavar]))}` | {option.help} |" for option in options]
    return "\n".join(lines) + "\n"


def leaves(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Each command with its full name, such as "store move"."""
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from leaves(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


GENERATED = {"commands.md": commands_page, "rules.md": rules_page, "facts.md": facts_page, "options.md": options_page}


@pytest.mark.parametrize("name", sorted(GENERATED))
def test_a_generated_page_says_what_the_knowledge_says_today(name: str) -> None:
    page, path = GENERATED[name](), DOCS / name
    if os.environ.get("DENTALPAIN_WRITE_DOCS") == "1":
        path.write_text(page, encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == page, "run it again with DENTALPAIN_WRITE_DOCS=1"


def pages() -> list[Path]:
    return [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md")), *sorted((ROOT / "dentalpain").rglob("*.md"))]


@pytest.mark.parametrize("page", pages(), ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_in_the_documentation_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    broken = [link for link in links if not link.startswith(("http", "mailto:")) and not (page.parent / link).exists()]
    assert not broken


def test_every_dependency_is_named_with_its_reason() -> None:
    import configparser

    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    named = (DOCS / "dependencies.md").read_text(encoding="utf-8").lower()
    wanted = setup["options"]["install_requires"].split() + [
        line for extra in setup["options.extras_require"].values() for line in extra.split()
    ]
    names = {re.split(r"[\[<>=]", line)[0].lower() for line in wanted}
    assert {name for name in names if name not in named} == set()


def test_the_package_list_names_every_folder_that_holds_code() -> None:
    import configparser

    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    listed = set(setup["options"]["packages"].split()) - {"dentalpain.static", "dentalpain.example_patients"}
    held = {".".join(p.parent.relative_to(ROOT).parts) for p in (ROOT / "dentalpain").rglob("*.py")}
    assert listed == held
