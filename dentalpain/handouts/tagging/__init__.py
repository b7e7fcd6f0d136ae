"""Accessible PDF for ReportLab: a structure tree, marked content, and the metadata of PDF/UA-1 and PDF/A-2a.

ReportLab draws; it does not say what the drawing means. This layer adds the meaning and touches nothing global, so
that tagged and ordinary documents can be made in one process:

1. Build the tree in reading order: `root = Element("Document"); root.add("H1")`.
2. Give each flowable its leaf: `TaggedParagraph(markup, style, leaf)`, `TaggedFigure(width, height, draw, leaf)`.
3. Where many documents are made, give paragraphs a `Memory`, and draw pictures with `prepared_image`.
4. Let the template use `canvas_maker(root, about)` as its `canvasmaker`.

Whatever no leaf claims (rules, backgrounds, headers, footers) is an artifact. Reading order is the order of the tree,
whatever the order of drawing.
"""

from __future__ import annotations

from .canvas import TaggedCanvas, canvas_maker
from .flowables import Memory, TaggedFigure, TaggedParagraph
from .leftward import LeftwardParagraph
from .metadata import About
from .objects import prepared_image
from .recorded import Recorded, Recordings
from .structure import Element

__all__ = [
    "About",
    "Element",
    "LeftwardParagraph",
    "Memory",
    "Recorded",
    "Recordings",
    "TaggedCanvas",
    "TaggedFigure",
    "TaggedParagraph",
    "canvas_maker",
    "prepared_image",
]
