"""Handouts through Open Dental's API: at its pace, page by page, once, and without a word of what was sent."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dentalpain.errors import DentalPainError, InputError, PracticeError, SettingsError, UnknownNameError
from dentalpain.practice.open_dental import Api, ApiDocuments, ApiKeys, OpenDental
from dentalpain.practice.open_dental.api import MOST_CHARACTERS, Pace, number, truth

from . import office as charts
from .api_stub import CATEGORY, CUSTOMER, DEVELOPER, HIDDEN, Stub, definition, open_stub
from .server import Office

pytest.importorskip("urllib3", reason="no urllib3: install dentalpain[fhir]")
KEYS = ApiKeys(DEVELOPER, CUSTOMER)
PDF = b"%PDF-1.7 handout"


@pytest.fixture
def stub() -> Iterator[Stub]:
    with open_stub() as running:
        yield running


def documents(stub: Stub, category: int = CATEGORY, **options: Any) -> ApiDocuments:
    return ApiDocuments(Api(KEYS, stub.base, **options), category)


# -- filing ------------------------------------------------------------------------------------------------------------


def test_a_handout_is_uploaded_as_the_vendor_documents_it(stub: Stub) -> None:
    documents(stub).file_document("101", "handout.pdf", PDF)
    (filed,) = stub.filed
    assert filed.pop("data") == PDF and filed.pop("rawBase64")
    assert filed == {
        "PatNum": 101, "extension": ".pdf", "Description": "handout", "DocCategory": CATEGORY, "ImgType": "Document"
    }  # fmt: skip
    assert stub.seen == [("GET", "/api/v1/patients/101"), ("POST", "/api/v1/documents/Upload")]


def test_with_the_database_beside_it_the_chart_is_looked_up_there(office: Office, stub: Stub) -> None:
    adapter = OpenDental(office.url, documents=documents(stub))
    adapter.file_document(str(charts.DELIA), "handout.pdf", PDF)
    assert [one["PatNum"] for one in stub.filed] == [101] and len(stub.seen) == 1
    with pytest.raises(UnknownNameError):
        adapter.file_document(str(charts.MERGED), "handout.pdf", PDF)
    assert len(stub.filed) == 1
    adapter.close()


@pytest.mark.parametrize("ref", ["104", "105", "999", "0", "x", "101/../102", "-1", "٣", "9" * 19])
def test_nothing_is_filed_for_a_merged_a_deleted_or_no_chart(stub: Stub, ref: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        documents(stub).file_document(ref, "handout.pdf", PDF)
    assert stub.filed == [] and ref not in str(caught.value)


def test_only_a_pdf_under_a_name_that_says_nothing_is_filed(stub: Stub) -> None:
    for name, data in (("handout.pdf", b"<html>"), ("../x.pdf", PDF), ("x.exe", PDF)):
        with pytest.raises(InputError):
            documents(stub).upload(101, name, data)
    assert stub.seen == []


def test_a_document_larger_than_a_body_may_be_is_not_sent(stub: Stub) -> None:
    # 16.8 million characters of JSON; base64 makes 4 of 3.
    with pytest.raises(PracticeError, match="larger"):
        documents(stub).upload(101, "handout.pdf", PDF + b"x" * (MOST_CHARACTERS // 4 * 3))
    assert stub.seen == []


@pytest.mark.parametrize(
    "fault",
    [{"fault": (504, "Time-out")}, {"fault": (500, "")}, {"drop": True}, {"fault": (201, "x")}, {"made": {"DocNum": 0}},
     {"made": {"DocNum": 93, "PatNum": 102}}],
    ids=["504", "500", "hung up", "not JSON", "no document", "another patient"],
)  # fmt: skip
def test_where_nobody_knows_whether_it_was_filed_it_is_said_and_not_sent_again(stub: Stub, fault: dict[str, Any]) -> None:
    for name, value in fault.items():
        setattr(stub, name, value)
    with pytest.raises(PracticeError, match="before filing it again"):
        documents(stub).upload(101, "handout.pdf", PDF)
    assert len(stub.seen) == 1


def test_an_answer_that_comes_too_late_is_not_waited_for(stub: Stub) -> None:
    stub.delay = 1.5
    started = time.monotonic()
    with pytest.raises(PracticeError, match="before filing it again"):
        documents(stub, timeout_seconds=0.2).upload(101, "handout.pdf", PDF)
    assert time.monotonic() - started < 1


def test_a_service_that_does_not_run_has_filed_nothing() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        nowhere = Api(KEYS, f"http://127.0.0.1:{taken.getsockname()[1]}/api/v1", timeout_seconds=1)
        with pytest.raises(PracticeError, match="does not answer"):
            ApiDocuments(nowhere, CATEGORY).upload(101, "handout.pdf", PDF)


# -- refusals ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "said"),
    [(400, "eConnector"), (401, "permission Documents"), (404, "does not know"), (410, "Update"), (302, "status 302")],
)
def test_a_refusal_is_told_in_our_words_and_its_explanation_is_not_repeated(stub: Stub, status: int, said: str) -> None:
    stub.fault = (status, "Delia Marsh 900-55-0199")
    with pytest.raises(PracticeError, match=said) as caught:
        documents(stub).upload(101, "handout.pdf", PDF)
    assert "Marsh" not in str(caught.value) and stub.filed == []


def test_wrong_keys_are_told_without_being_repeated(stub: Stub) -> None:
    wrong = ApiDocuments(Api(ApiKeys("AnotherDevKey", CUSTOMER), stub.base), CATEGORY)
    with pytest.raises(PracticeError, match="refuses the keys") as caught:
        wrong.check()
    assert "AnotherDevKey" not in str(caught.value)


def test_neither_keys_nor_patients_nor_content_are_logged(stub: Stub, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        documents(stub).upload(101, "handout.pdf", PDF)
        stub.fault = (401, "Delia Marsh")
        with pytest.raises(PracticeError):
            documents(stub).check()
    assert "documents/Upload" in caplog.text  # urllib3 names addresses at DEBUG
    for secret in (DEVELOPER, CUSTOMER, "Marsh", "JVBERi0"):  # the last is "%PDF-" in base64
        assert secret not in caplog.text and secret not in repr(KEYS)


# -- pages, booleans, pace ---------------------------------------------------------------------------------------------


def test_a_list_is_read_page_by_page_to_its_end(stub: Stub) -> None:
    stub.definitions = [definition(1000 + n) for n in range(250)]
    rows = Api(KEYS, stub.base).rows("definitions", Category=18)
    assert [row["DefNum"] for row in rows] == list(range(1000, 1250))
    assert [path.partition("?")[2] for _, path in stub.seen] == ["Category=18", "Category=18&Offset=100", "Category=18&Offset=200"]


def test_a_list_of_exactly_one_page_is_asked_for_a_second(stub: Stub) -> None:
    stub.definitions = [definition(1000 + n) for n in range(100)]
    assert len(Api(KEYS, stub.base).rows("definitions", Category=18)) == 100 and len(stub.seen) == 2


def test_a_list_without_an_end_is_given_up(stub: Stub) -> None:
    stub.fault = (200, [definition(n) for n in range(100)])
    with pytest.raises(PracticeError, match="does not end"):
        Api(KEYS, stub.base).rows("definitions")


@pytest.mark.parametrize("answer", [{"DefNum": 1}, ["x"], "true", None])
def test_another_shape_than_the_documented_one_is_told(stub: Stub, answer: Any) -> None:
    stub.fault = (200, answer)
    with pytest.raises(PracticeError, match=r"shape|not JSON"):
        Api(KEYS, stub.base).rows("definitions")


def test_the_words_true_and_false_are_the_booleans_of_the_api() -> None:
    assert (truth("true"), truth("false")) == (True, False)
    assert [truth(cell) for cell in ("True", "", "0", True, None, 1)] == [None] * 6
    # GET /documents writes PatNum as "101", POST Upload as 101.
    assert (number("101"), number(101), number("x"), number(True), number(None)) == (101, 101, 0, 0, 0)


@pytest.mark.parametrize(("category", "said"), [(HIDDEN, "hidden"), (4711, "no image category")])
def test_a_category_that_is_hidden_or_not_there_is_told_by_the_check(stub: Stub, category: int, said: str) -> None:
    assert "answers" in documents(stub).check()
    with pytest.raises(PracticeError, match=said):
        documents(stub, category).check()


def test_requests_keep_their_distance_also_when_they_come_from_many_threads(stub: Stub) -> None:
    slow = Api(KEYS, stub.base, seconds_between=0.1)
    threads = [threading.Thread(target=slow.rows, args=["definitions"], kwargs={"Category": 18}) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    gaps = [after - before for before, after in zip(sorted(stub.times), sorted(stub.times)[1:], strict=False)]
    assert len(gaps) == 3 and min(gaps) > 0.06  # 0.1 apart when they set out


def test_the_pace_counts_from_the_beginning_of_a_request_and_is_one_second_for_the_remote_api() -> None:
    now, slept = [100.0], list[float]()
    pace = Pace(1.0, lambda: now[0], slept.append)
    pace.wait()  # at 100
    now[0] = 100.4
    pace.wait()  # at 101
    now[0] = 103.0
    pace.wait()  # at once
    assert slept == [pytest.approx(0.6)]
    assert Api(KEYS)._pace._seconds == 1.0
    assert Api(KEYS, "http://localhost:30223/api/v1/")._pace._seconds == 0.0


def test_a_proxy_that_says_too_many_is_asked_again_and_not_for_ever(stub: Stub) -> None:
    stub.once = [(429, "slow down"), (429, "slow down")]
    documents(stub).upload(101, "handout.pdf", PDF)
    assert len(stub.seen) == 3 and len(stub.filed) == 1
    stub.once = [(429, "slow down")] * 9
    with pytest.raises(PracticeError, match="too often"):
        documents(stub).upload(101, "handout.pdf", PDF)
    assert len(stub.seen) == 6


# -- settings ----------------------------------------------------------------------------------------------------------


def test_the_keys_come_from_the_environment_or_from_files(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(CUSTOMER + "\n")
    file.chmod(0o600)
    environ = {"OPEN_DENTAL_DEVELOPER_KEY": DEVELOPER, "OPEN_DENTAL_CUSTOMER_KEY_FILE": str(file)}
    assert ApiKeys.from_environment(environ) == KEYS
    assert KEYS.authorization() == f"ODFHIR {DEVELOPER}/{CUSTOMER}"
    file.chmod(0o604)
    with pytest.raises(SettingsError, match="everybody"):
        ApiKeys.from_environment(environ)


@pytest.mark.parametrize(
    "environ",
    [{}, {"OPEN_DENTAL_DEVELOPER_KEY": DEVELOPER}, {"OPEN_DENTAL_DEVELOPER_KEY": "a/b", "OPEN_DENTAL_CUSTOMER_KEY": CUSTOMER},
     {"OPEN_DENTAL_DEVELOPER_KEY": DEVELOPER, "OPEN_DENTAL_DEVELOPER_KEY_FILE": "x"},
     {"OPEN_DENTAL_DEVELOPER_KEY": f"{DEVELOPER}\r\nX: y", "OPEN_DENTAL_CUSTOMER_KEY": CUSTOMER},
     {"OPEN_DENTAL_DEVELOPER_KEY_FILE": "/nowhere/key", "OPEN_DENTAL_CUSTOMER_KEY": CUSTOMER}],
    ids=["none", "one", "slash", "twice", "line break", "no file"],
)  # fmt: skip
def test_keys_that_cannot_work_are_refused_at_start_without_being_repeated(environ: dict[str, str]) -> None:
    with pytest.raises(SettingsError) as caught:
        ApiKeys.from_environment(environ)
    assert DEVELOPER not in str(caught.value) and CUSTOMER not in str(caught.value)


@pytest.mark.parametrize("base", ["http://10.0.0.5:30223/api/v1", "ftp://x", "api.opendental.com", "https://u:p@x/api"])
def test_keys_do_not_go_unencrypted_to_another_machine(base: str) -> None:
    with pytest.raises(SettingsError, match="https://"):
        Api(KEYS, base)


@pytest.mark.parametrize("options", [{"seconds_between": -1}, {"timeout_seconds": 0}])
def test_times_below_nothing_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(SettingsError, match="seconds"):
        Api(KEYS, **options)


@pytest.mark.parametrize("category", [0, -3, True, "333"])
def test_a_category_that_is_no_defnum_is_refused_at_start(category: Any) -> None:
    with pytest.raises(DentalPainError, match="DefNum"):
        ApiDocuments(Api(KEYS), category)
