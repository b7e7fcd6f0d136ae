"""The square code that opens the office's own address, as one path."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from .drawings import Shape


@lru_cache(maxsize=64)
def square_code(address: str) -> tuple[tuple[Shape, ...], int]:
    """The code of an office's address, which is printed again and again; see `drawn_code`."""
    return drawn_code(address)


def drawn_code(address: str) -> tuple[tuple[Shape, ...], int]:
    """The code (ISO/IEC 18004, error correction M) as a shape in units of one module, and its modules to a side."""
    from reportlab.graphics.barcode import qrencoder

    code: Any = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(address)
    code.make()
    size = code.getModuleCount()
    path = " ".join(
        f"M {start} {row} L {end} {row} L {end} {row + 1} L {start} {row + 1} Z"
        for row in range(size)
        for start, end in _runs([bool(code.isDark(row, column)) for column in range(size)])
    )
    return (Shape(path, fill="ink", stroke="none"),), size


def _runs(dark: list[bool]) -> list[tuple[int, int]]:
    """Where dark modules begin and end in a row."""
    edges = [at for at in range(len(dark) + 1) if (at > 0 and dark[at - 1]) != (at < len(dark) and dark[at])]
    return list(zip(edges[::2], edges[1::2], strict=True))
