"""The two checklists beside the wording: self-assessed, complete, and true where a program can count."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator

import pytest

from dentalpain.handouts.bars import Bars
from dentalpain.handouts.content import (
    Block,
    Box,
    Bullets,
    Document,
    Heading,
    Picture,
    Pictures,
    Steps,
    Ticks,
    block_texts,
)
from dentalpain.handouts.moves import Moves
from dentalpain.handouts.plain_table import PlainTable
from dentalpain.handouts.reading_ease import grade, words
from dentalpain.paths import knowledge_folder

from .product import topics

FOLDER = knowledge_folder() / "handouts"
DOCUMENTS = topics("en")
SHOWN = {name.removeprefix("en:topic:"): document for name, document in DOCUMENTS.items()}
SHOWN = {name.partition(":")[0]: document for name, document in reversed(SHOWN.items())}


def rows(path: str) -> list[dict[str, str]]:
    with (FOLDER / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ITEMS, ANSWERS = rows("checklist_items.csv"), rows("en/checklists.csv")
KINDS = list(dict.fromkeys(row["kind"] for row in ANSWERS))
# CDC Clear Communication Index: 90 or more passes. PEMAT: 70 percent is the usual mark, in each of its two parts.
MARKS = {("cdc", ""): 90, ("pemat", "understand"): 70, ("pemat", "act"): 70}


def answers(kind: str, checklist: str, part: str = "") -> list[str]:
    wanted = {item["item"] for item in ITEMS if item["checklist"] == checklist and part in ("", item["part"])}
    return [
        row["answer"] for row in ANSWERS if (row["kind"], row["checklist"]) == (kind, checklist) and row["item"] in wanted
    ]


def test_every_kind_of_handout_has_answered_every_item_once() -> None:
    assert set(KINDS) == set(SHOWN)
    asked = [(item["checklist"], item["item"]) for item in ITEMS]
    assert (len([one for one in asked if one[0] == "cdc"]), len(asked)) == (20, 20 + 24)
    for kind in KINDS:
        assert [(row["checklist"], row["item"]) for row in ANSWERS if row["kind"] == kind] == asked


def test_every_answer_has_a_reason_and_is_yes_no_or_not_applicable() -> None:
    assert {row["answer"] for row in ANSWERS} == {"yes", "no", "na"}
    assert all(row["reason"] for row in ANSWERS)


def test_the_core_of_the_cdc_index_applies_to_every_kind() -> None:
    core = {item["item"] for item in ITEMS if item["checklist"] == "cdc" and item["part"] == "core"}
    assert len(core) == 11
    assert not [row for row in ANSWERS if row["checklist"] == "cdc" and row["item"] in core and row["answer"] == "na"]


@pytest.mark.parametrize(("checklist", "part"), MARKS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_reaches_the_mark_of_the_checklist(kind: str, checklist: str, part: str) -> None:
    given = [answer for answer in answers(kind, checklist, part) if answer != "na"]
    assert 100 * given.count("yes") / len(given) >= MARKS[checklist, part]


# -- what can be counted -------------------------------------------------------------------------------------------


def blocks(document: Document, *kinds: type) -> list[Block | Box]:
    return [block for block in document.blocks if isinstance(block, kinds)]


def lists(document: Document) -> Iterator[int]:
    for block in document.blocks:
        yield from [len(block.items)] if isinstance(block, Bullets | Steps | Ticks) else []
        yield from [len(inner.items) for inner in block.blocks if isinstance(inner, Bullets)] if isinstance(block, Box) else []


def said(document: Document) -> str:
    return " ".join(f"{text.rstrip('.?:')}." for block in document.blocks for text in block_texts(block))


def captions(document: Document) -> list[str]:
    pictures = [one for block in blocks(document, Pictures) for one in block.items]  # type: ignore[union-attr]  # blocks() gives this kind alone
    pictures += [move.picture for block in blocks(document, Moves) for move in block.items]  # type: ignore[union-attr]  # blocks() gives this kind alone
    return [picture.caption for picture in pictures if isinstance(picture, Picture)]


def main(document: Document) -> Box:
    first = document.blocks[0]
    assert isinstance(first, Box)
    return first


def heads(document: Document) -> list[str]:
    return [head for table in blocks(document, PlainTable) for head in table.heads]  # type: ignore[union-attr]  # blocks() gives this kind alone


COUNTED: dict[tuple[str, str], Callable[[Document], bool]] = {
    ("cdc", "1"): lambda document: [block.kind for block in document.blocks if isinstance(block, Box)].count("main") == 1,
    ("cdc", "2"): lambda document: main(document).kind == "main",
    ("cdc", "4"): lambda document: bool(captions(document) or blocks(document, Bars)),
    ("cdc", "6"): lambda document: not re.search(r"\b(?:is|are|be|was|were) \w+ed\b by", said(document)),
    ("cdc", "7"): lambda document: grade(said(document)) <= 6,
    ("cdc", "8"): lambda document: bool(blocks(document, Bullets, Steps)),
    ("cdc", "9"): lambda document: len(blocks(document, Heading)) >= 3,
    ("cdc", "11"): lambda document: "now:" in said(document) or "Studies do not agree" in said(document),
    ("cdc", "17"): lambda document: not re.search(r"\b(?:add up|multiply|divide|subtract)\b", said(document)),
    ("pemat", "3"): lambda document: grade(said(document)) <= 6,
    ("pemat", "8"): lambda document: max(lists(document)) <= 7,
    ("pemat", "12"): lambda document: {"main", "call_us", "call_911"} <= {b.kind for b in document.blocks if isinstance(b, Box)},
    ("pemat", "17"): lambda document: all(captions(document)),
    ("pemat", "19"): lambda document: max((len(words(head)) for head in heads(document)), default=0) <= 7,
    ("pemat", "20"): lambda document: bool(next(iter(lists(document)))),
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_can_be_counted_is_as_the_checklist_says(kind: str) -> None:
    given = {(row["checklist"], row["item"]): row["answer"] for row in ANSWERS if row["kind"] == kind}
    wrong = [item for item, holds in COUNTED.items() if given[item] == "yes" and not holds(SHOWN[kind])]
    assert wrong == []


def test_a_kind_without_a_table_says_that_tables_do_not_apply() -> None:
    for row in ANSWERS:
        if (row["checklist"], row["item"]) == ("pemat", "19") and row["kind"] != "medicine":
            assert (row["answer"] == "yes") == bool(blocks(SHOWN[row["kind"]], PlainTable)), row["kind"]
