"""A reader of small square codes (ISO/IEC 18004, versions 1 to 3, level M) that shares nothing with the writer."""

from __future__ import annotations

from collections.abc import Iterator

# ISO/IEC 18004, table 10: what turns a module over, by the mask's number.
MASKS = [
    lambda row, column: (row + column) % 2 == 0,
    lambda row, column: row % 2 == 0,
    lambda row, column: column % 3 == 0,
    lambda row, column: (row + column) % 3 == 0,
    lambda row, column: (row // 2 + column // 3) % 2 == 0,
    lambda row, column: (row * column) % 2 + (row * column) % 3 == 0,
    lambda row, column: ((row * column) % 2 + (row * column) % 3) % 2 == 0,
    lambda row, column: ((row + column) % 2 + (row * column) % 3) % 2 == 0,
]
FORMAT = 0b101010000010010  # the format bits are XORed with this


def read_square_code(dark: set[tuple[int, int]], size: int) -> str:
    """The text of the code whose dark modules are at these (column, row)."""
    assert size in (21, 25, 29), "versions 1 to 3 have their codewords in one block"
    places = [(0, 8), (1, 8), (2, 8), (3, 8), (4, 8), (5, 8), (7, 8), (8, 8), (8, 7), *((8, row) for row in range(5, -1, -1))]
    level = int("".join(str(int(place in dark)) for place in places), 2) ^ FORMAT
    assert level >> 13 == 0, "level M"
    turned = MASKS[level >> 10 & 7]
    bits = "".join(
        str(int(((column, row) in dark) != turned(row, column))) for column, row in _path(size)
    )
    assert bits[:4] == "0100", "bytes"
    count = int(bits[4:12], 2)
    return bytes(int(bits[at : at + 8], 2) for at in range(12, 12 + 8 * count, 8)).decode("ascii")


def _path(size: int) -> Iterator[tuple[int, int]]:
    """The modules that hold data, in pairs of columns from the right, upwards first."""
    upwards = True
    for right in [*range(size - 1, 6, -2), 5, 3, 1]:
        for row in range(size - 1, -1, -1) if upwards else range(size):
            yield from ((column, row) for column in (right, right - 1) if not _fixed(column, row, size))
        upwards = not upwards


def _fixed(column: int, row: int, size: int) -> bool:
    corners = (column < 9 and row < 9) or (column >= size - 8 and row < 9) or (column < 9 and row >= size - 8)
    aligning = size > 21 and abs(column - (size - 7)) <= 2 and abs(row - (size - 7)) <= 2
    return corners or aligning or column == 6 or row == 6
