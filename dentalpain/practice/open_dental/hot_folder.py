"""The image hot folder: a PDF that is put there stands in the patient's Imaging module the next time it is opened."""

from __future__ import annotations

import os
import re
import secrets
import tempfile
from pathlib import Path

from ...errors import InputError, PracticeError

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 -]{0,60}\.pdf")
# What Windows keeps for itself, besides separators; a folder name that holds one leads somewhere else.
FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]|^\.|[. ]$')


class HotFolder:
    """Writes PDFs to `{folder}/{first letter}/{ImageFolder}/_{category}_{name}.pdf`.

    `folder` is the shared image folder of the office (OpenDentImages). `category` is the DefNum of an image category
    (Setup, Definitions, Image Categories). Open Dental tells nobody whether it took the file.
    """

    def __init__(self, folder: str | os.PathLike[str], category: int) -> None:
        self.folder, self.category = Path(folder), category
        if not self.folder.is_dir():
            raise PracticeError(
                "The image folder of Open Dental cannot be found. Write its path as this machine sees it."
            )
        check_category(category)

    def put(self, image_folder: str, name: str, data: bytes) -> Path:
        """Write a whole PDF or none; no file is ever written over. `image_folder` is patient.ImageFolder.

        Raises InputError for a name or content that cannot stand there, PracticeError where the folder refuses.
        """
        check_pdf(name, data)
        if not image_folder or FORBIDDEN.search(image_folder):
            raise PracticeError("This patient has no image folder yet. Open the patient's Imaging module once.")
        place = self.folder / image_folder[0].upper() / image_folder
        # Two handouts of one day have the same name, and the first may not have been taken yet.
        target = place / f"_{self.category}_{name.removesuffix('.pdf')}-{secrets.token_hex(4)}.pdf"
        try:
            place.mkdir(parents=True, exist_ok=True)
            self._write(target, data)
        except OSError:
            raise PracticeError(
                "The image folder of Open Dental cannot be written. Check the rights of this account."
            ) from None
        return target

    def check(self) -> str:
        """Write a file into the folder and take it out again. Raises PracticeError."""
        try:
            with tempfile.TemporaryFile(dir=self.folder, prefix=".dentalpain-"):
                return "the image folder can be written"
        except OSError:
            raise PracticeError(
                "The image folder of Open Dental cannot be written. Check the rights of this account."
            ) from None

    def _write(self, target: Path, data: bytes) -> None:
        """Written beside the letters and moved in one step: Open Dental must never see half a file."""
        draft = self.folder / f".dentalpain-{secrets.token_hex(8)}.tmp"
        try:
            with draft.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, target)
        finally:
            draft.unlink(missing_ok=True)


def check_category(category: int) -> None:
    """Raise PracticeError for what cannot be the DefNum of an image category."""
    if isinstance(category, bool) or not isinstance(category, int) or category <= 0:
        raise PracticeError("An image category is named by its DefNum, a number above 0. Look it up in Definitions.")


def check_pdf(name: str, data: bytes) -> None:
    """Raise InputError for a name or content that cannot stand in a chart."""
    if not NAME.fullmatch(name):
        raise InputError("A file name holds letters, digits, blanks and hyphens, and ends in .pdf.", where="name")
    if not data.startswith(b"%PDF-"):
        raise InputError("Only a PDF can be filed.", where="data")
