"""Handouts into the chart through Open Dental's API, which writes its own audit entry for each."""

from __future__ import annotations

import base64

from ...errors import NotAnsweredError, PracticeError
from . import api
from .api import Api
from .hot_folder import check_category, check_pdf
from .patient_number import nobody, patient_number

IMAGE_CATEGORIES = 18  # definition.Category
CLOSED = {"Archived", "Deleted"}  # PatStatus, of which the former is also what a merge leaves behind


class ApiDocuments:
    """Files PDFs by `POST /documents/Upload`; the key needs the permissions Read All and Documents.

    `category` is the DefNum of an image category (Setup, Definitions, Image Categories). May stand as `documents` of
    `OpenDental`, which has then looked up the patient, or of `init_app`.
    """

    def __init__(self, service: Api, category: int) -> None:
        check_category(category)
        self._api, self.category = service, category

    def file_document(self, patient_ref: str, name: str, data: bytes) -> None:
        """File it for a patient who has a chart. Raises UnknownNameError for nobody, PracticeError, InputError."""
        wanted = patient_number(patient_ref)
        try:
            found = self._api.row(f"patients/{wanted}")
        except NotAnsweredError as error:
            if error.status == 404:
                raise nobody() from None
            raise
        if api.number(found.get("PatNum")) != wanted or str(found.get("PatStatus")) in CLOSED:
            raise nobody()
        self.upload(wanted, name, data)

    def upload(self, number: int, name: str, data: bytes) -> int:
        """File it for a patient who was looked up before; the DocNum of the document."""
        check_pdf(name, data)
        body = {
            "PatNum": number,
            "rawBase64": base64.b64encode(data).decode("ascii"),
            "extension": ".pdf",
            "Description": name.removesuffix(".pdf"),
            "DocCategory": self.category,
            "ImgType": "Document",
        }
        made = self._api.create("documents/Upload", body)
        if api.number(made.get("PatNum")) != number or api.number(made.get("DocNum")) <= 0:
            raise PracticeError(api.UNCERTAIN)
        return api.number(made["DocNum"])

    def check(self) -> str:
        """Ask for the image category; a sentence where all is well. Raises PracticeError."""
        rows = self._api.rows("definitions", Category=IMAGE_CATEGORIES, includeHidden="true")
        found = next((row for row in rows if api.number(row.get("DefNum")) == self.category), None)
        if found is None:
            raise PracticeError("Open Dental has no image category with this DefNum. Look it up in Definitions.")
        if api.truth(found.get("isHidden")) is not False:
            raise PracticeError("This image category of Open Dental is hidden. Name another, or show it again.")
        return "the API answers, and the image category is there"
