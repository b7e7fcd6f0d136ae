"""The picture of the pain drawing: body, face and mouth as plain shapes, one for each place that has a name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

from ..content import Own
from ..drawings import Shape, circle, steps
from ..style import BOLD, PALETTE, REGULAR

if TYPE_CHECKING:
    from ..blocks import Writer
    from ..tagging import Element

WIDTH, HEIGHT = 346.0, 200.0
_FRONT, _BACK, _FACE = 62.0, 178.0, 285.0  # the middle line of each figure
Points = tuple[tuple[float, float], ...]

# One half of the body seen from the front, to the right of its middle line: x from the middle, y downwards.
_HALF: dict[str, Points] = {
    "shoulder girdle": ((5, 34), (12, 35), (25, 40), (27, 49), (18, 50), (5, 42)),
    "upper arm": ((18.5, 51), (27, 50), (31, 74), (23, 76)),
    "lower arm": ((23.2, 77.5), (31.2, 75.5), (36, 104), (29, 106)),
    "hip": ((0.6, 92), (16, 92), (18, 107), (0.6, 107)),
    "upper leg": ((1, 108.5), (18, 108.5), (15, 146), (4, 146)),
    "lower leg": ((4, 147.5), (15, 147.5), (12, 186), (6, 186)),
}
_MIDDLE: dict[str, Points] = {
    "neck": ((-6.5, 27.2), (6.5, 27.2), (6.5, 34), (-6.5, 34)),
    "chest": ((-4.4, 43), (0, 45), (4.4, 43), (17.4, 51), (16, 68), (-16, 68), (-17.4, 51)),
    "abdomen": ((-16, 69.5), (16, 69.5), (16, 90.5), (-16, 90.5)),
}
# The head from its left side, the nose to the left; x from the middle of the head.
_PROFILE = {
    "face": "M 12 10 C -4 2 -16 8 -18 22 L -24 33 L -18 36 L -18 43 L 13 43 L 22 26 C 22 18 18 13 12 10 Z",
    "jaw": "M -18 44.5 L -15 47 L -17 50 L -16 58 C -11 65 -2 62 6 57 L 13 50 L 13 44.5 Z",
}
_SPOTS = {"face": (0.0, 26.0), "jaw": (-3.0, 52.0)}


@dataclass(frozen=True)
class Place:
    """A place on the picture: its name, its outline, and where its number stands."""

    name: str
    path: str
    x: float
    y: float


def places() -> list[Place]:
    """Every place of the picture; many stand on it twice, from the front and from the back."""
    found = [*_figure(_FRONT, back=False), *_figure(_BACK, back=True)]
    for side, top, turn in (("left", 2.0, 1.0), ("right", 72.0, -1.0)):
        found += [_profile(side, part, top, turn) for part in _PROFILE]
    found.append(Place("intra-oral", circle(_FACE, 170, 16), _FACE, 173))
    return found


def _figure(middle: float, *, back: bool) -> Iterator[Place]:
    """A body: seen from the front the patient's left is at our right, from the back at our left."""
    yield Place("head", circle(middle, 16, 11), middle, 18.5)
    for name, points in _MIDDLE.items():
        seen = {"chest": "upper back", "abdomen": "lower back"}.get(name, name) if back else name
        yield _place(seen, [(middle + x, y) for x, y in points])
    for side in ("left", "right"):
        turn = 1 if (side == "left") != back else -1
        for name, points in _HALF.items():
            yield _place(f"{side} {name}", [(middle + turn * x, y) for x, y in points])


def _place(name: str, points: list[tuple[float, float]]) -> Place:
    path = "M " + " L ".join(f"{x:g} {y:g}" for x, y in points) + " Z"
    x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
    return Place(name, path, x, y + 2.5)


def _profile(side: str, part: str, top: float, turn: float) -> Place:
    """A head from one side; seen from the right side the nose points to the right."""
    pieces = []
    for letter, numbers in steps(_PROFILE[part]):
        moved = [
            _FACE + turn * value if index % 2 == 0 else top + value for index, value in enumerate(numbers)
        ]
        pieces.append(" ".join([letter, *(f"{value:g}" for value in moved)]))
    x, y = _SPOTS[part]
    return Place(f"{side} {part}", " ".join(pieces), _FACE + turn * x, top + y + 2.5)


_MOUTH = (
    Shape(circle(_FACE, 170, 16), "tint", "ink", 1.0),
    Shape(f"M {_FACE - 11} 166 C {_FACE - 6} 158 {_FACE + 6} 158 {_FACE + 11} 166", "none", "ink", 1.0),
    Shape(f"M {_FACE - 9} 177 C {_FACE - 5} 183 {_FACE + 5} 183 {_FACE + 9} 177", "none", "ink", 1.0),
)


@dataclass(frozen=True)
class BodyPicture(Own):
    """The picture with the number of each named place; `labels` name the figures."""

    names: tuple[str, ...]
    alt: str
    labels: tuple[str, ...]

    def texts(self) -> Iterator[str]:
        yield self.alt

    def shapes(self) -> tuple[Shape, ...]:
        """The outlines; a place without a number is left white."""
        held = [one for one in places() if one.name != "intra-oral"]
        return (*(Shape(one.path, "tint" if one.name in self.names else "paper", "ink", 0.8) for one in held), *_MOUTH)

    def signs(self) -> list[tuple[str, float, float, bool]]:
        """Numbers and labels with where they stand; true for a number."""
        numbers = {name: str(number) for number, name in enumerate(self.names, start=1)}
        shown = [(numbers[one.name], one.x, one.y, True) for one in places() if one.name in numbers]
        spots = ((_FRONT, 198.0), (_BACK, 198.0), (_FACE + 36, 62.0), (_FACE + 36, 132.0), (_FACE + 36, 173.0))
        return [*shown, *((label, x, y, False) for label, (x, y) in zip(self.labels, spots, strict=True))]

    def html(self) -> str:
        paths = "".join(
            f'<path d="{one.path}" fill="{PALETTE.get(one.fill, "none")}" stroke="{PALETTE["ink"]}" stroke-width="{one.width}"/>'
            for one in self.shapes()
        )
        texts = "".join(
            f'<text x="{x:g}" y="{y:g}" font-size="7" text-anchor="middle" fill="{PALETTE["ink"]}">{escape(text)}</text>'
            for text, x, y, _ in self.signs()
        )
        size = f'viewBox="0 0 {WIDTH:g} {HEIGHT + 3:g}"'
        return f'<figure class="handout-body"><svg {size} role="img" aria-label="{escape(self.alt)}">{paths}{texts}</svg></figure>'

    def flowables(self, writer: Writer, parent: Element, width: float) -> list[Any]:
        from ..tagging import TaggedFigure

        leaf = parent.add("Figure", alt=self.alt)
        wide = min(width, 430.0 if writer.measures.columns else width)
        figure = TaggedFigure(wide, wide * HEIGHT / WIDTH, partial(_draw, self), leaf)
        figure.hAlign = "CENTER"
        return [figure]


def _draw(picture: BodyPicture, canvas: Any, width: float, height: float) -> None:
    from ..ink import colour, draw_shapes

    scale = width / WIDTH
    draw_shapes(canvas, picture.shapes(), scale, height)
    canvas.setFillColor(colour("ink"))
    for text, x, y, number in picture.signs():
        canvas.setFont(BOLD if number else REGULAR, 7.2 * scale)
        canvas.drawCentredString(x * scale, height - y * scale, text)
