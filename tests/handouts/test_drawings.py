"""The pictures stay inside their frame and the same in both views."""

from __future__ import annotations

import pytest

from dentalpain.handouts.drawings import HEIGHT, PICTURES, SIGNS, WIDTH, circle, steps, turned
from dentalpain.handouts.style import PALETTE


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_stays_inside_its_frame(name: str) -> None:
    points = [numbers for shape in PICTURES[name] for _, numbers in steps(shape.path)]
    xs = [x for numbers in points for x in numbers[::2]]
    ys = [y for numbers in points for y in numbers[1::2]]
    assert min(xs) >= 0 and max(xs) <= WIDTH
    assert min(ys) >= 0 and max(ys) <= HEIGHT + 5  # a control point may lie a little below the curve that it bends


@pytest.mark.parametrize("name", [*PICTURES, *SIGNS])
def test_colours_are_roles_of_the_palette(name: str) -> None:
    shapes = (PICTURES | SIGNS)[name]
    assert {role for shape in shapes for role in (shape.fill, shape.stroke)} <= {*PALETTE, "none"}


def test_a_quarter_turn_moves_right_to_down() -> None:
    assert turned("M 10 0 L 0 0", 90, 0, 0) == "M 0.00 10.00 L 0.00 0.00"


def test_a_path_is_read_step_by_step() -> None:
    assert list(steps("M 1 2 C 1 2 3 4 5 6 7 8 9 10 11 12 Z")) == [
        ("M", [1, 2]), ("C", [1, 2, 3, 4, 5, 6]), ("C", [7, 8, 9, 10, 11, 12]), ("Z", []),
    ]  # fmt: skip


def test_a_circle_touches_its_four_sides() -> None:
    ends = {tuple(numbers[-2:]) for letter, numbers in steps(circle(10, 10, 4)) if letter in "MC"}
    assert ends == {(6, 10), (10, 6), (14, 10), (10, 14)}
