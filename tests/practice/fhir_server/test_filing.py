"""A handout in the chart of a FHIR server: off by default, whole or not at all."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from dentalpain.errors import PracticeError
from dentalpain.practice.fhir_server import FhirServer
from tests.practice.fhir_stub import Stub
from tests.practice.fhir_stub.charts import ANN

PDF = b"%PDF-1.7\n%%EOF\n"


def posted(stub: Stub, base: str) -> list[dict[str, Any]]:
    return [json.loads(one["body"]) for one in stub.seen(base) if one["method"] == "POST"]


def test_filing_is_off_unless_the_host_switches_it_on(stub: Stub) -> None:
    base = stub.base()
    with pytest.raises(PracticeError, match="file_documents=True"):
        FhirServer(base).file_document(ANN, "handout.pdf", PDF)
    assert posted(stub, base) == []


@pytest.mark.parametrize("mode", ["plain", "no_location"])
def test_a_document_is_a_binary_and_a_reference_that_leads_to_it(stub: Stub, mode: str) -> None:
    base = stub.base(mode)
    FhirServer(base, file_documents=True, document_type={"text": "Education"}).file_document(ANN, "handout.pdf", PDF)
    binary, document = posted(stub, base)
    assert binary["resourceType"] == "Binary" and base64.b64decode(binary["data"]) == PDF
    assert binary["securityContext"] == document["subject"] == {"reference": "Patient/pt-17"}
    attachment = document["content"][0]["attachment"]
    assert attachment["url"] == "Binary/f1" and attachment["contentType"] == "application/pdf" and attachment["size"] == 15
    # printf '%%PDF-1.7\n%%%%EOF\n' | openssl sha1 -binary | base64
    assert attachment["hash"] == SHA1
    assert document["status"] == "current" and document["type"] == {"text": "Education"}


def test_a_reference_that_is_refused_takes_its_binary_back(stub: Stub) -> None:
    base = stub.base("file_refused")
    with pytest.raises(PracticeError, match="did not take the document"):
        FhirServer(base, file_documents=True).file_document(ANN, "handout.pdf", PDF)
    assert [one["path"].partition("/r4/")[2] for one in stub.seen(base) if one["method"] == "DELETE"] == ["Binary/f1"]


SHA1 = "FDD2QYDf8ORrmFvB6+GfoE5rUCM="
