"""The office's logo: read under limits and written anew, so that only its picture reaches a handout."""

from __future__ import annotations

import io
import struct
import zlib
from functools import lru_cache
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from ..errors import WordingError
from .content import Logo

MOST_BYTES = 2_000_000
MOST_PIXELS = 4_000_000  # a file of 17 KB can unfold to more than a gigabyte
PRINTED = (640, 240)  # pixels: 300 to the inch at the size that it is printed in

# What Pillow raises for a file that is cut off or damaged; it warns of damaged EXIF, and a host may raise warnings.
_DAMAGED = (
    OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, UserWarning, struct.error, zlib.error
)  # fmt: skip


def read_logo(source: bytes | str | PathLike[str]) -> Logo:
    """The logo from the bytes or the path of a PNG or JPEG file.

    Raises WordingError that says what to do for a file that is missing, too large, of another format, or damaged.
    """
    return _decoded(source if isinstance(source, bytes) else _bytes(Path(fspath(source))))


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise _refused("the file of the logo is not there.", "Write the path of a PNG or JPEG file.")
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the path
        raise _refused("the file of the logo cannot be read.", "Write the path of a PNG or JPEG file.") from error


@lru_cache(maxsize=16)
def _decoded(data: bytes) -> Logo:
    if len(data) > MOST_BYTES:
        raise _refused("the file of the logo is too large.", "Save it with at most 2 MB.")
    try:
        opened = _opened(data)
        if opened.width * opened.height > MOST_PIXELS:
            raise _refused("the logo has too many pixels.", f"Save it at {PRINTED[0]} by {PRINTED[1]} pixels or so.")
        return _written_anew(opened)
    except _DAMAGED as error:
        raise _refused("the logo is damaged.", "Save the picture again as PNG.") from error


def _opened(data: bytes) -> Any:
    """The picture, its head read and nothing unpacked; only two of Pillow's decoders are ever tried."""
    from PIL.JpegImagePlugin import JpegImageFile
    from PIL.PngImagePlugin import PngImageFile

    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PngImageFile(io.BytesIO(data))
    if data.startswith(b"\xff\xd8\xff"):
        return JpegImageFile(io.BytesIO(data))
    raise _refused("the logo is neither PNG nor JPEG.", "Save it as PNG.")


def _written_anew(opened: Any) -> Logo:
    """The picture upright, on white, at the size that print needs, in a PNG that holds nothing else."""
    from PIL import Image, ImageOps

    upright = ImageOps.exif_transpose(opened)
    if upright.mode.startswith("I"):  # 16 bits for each pixel
        upright = upright.convert("I").point(lambda value: value / 256).convert("L")
    picture = upright.convert("RGBA")
    flat = Image.new("RGB", picture.size, "white")
    flat.paste(picture, mask=picture.getchannel("A"))
    flat.thumbnail(PRINTED)
    target = io.BytesIO()
    flat.save(target, "PNG", optimize=True)
    return Logo(target.getvalue(), flat.width, flat.height)


def _refused(what: str, mend: str) -> WordingError:
    return WordingError(what, where="office.logo", mend=mend)
