"""The seal of one audit row, worked out by hand."""

from __future__ import annotations

import hashlib

from dentalpain.storage.chain import EMPTY, Tip, linked


def test_a_row_hash_is_sha_256_over_the_hash_before_it_and_the_sorted_json_of_the_row() -> None:
    row = {
        "tenant": "north",
        "who": "dentist-7",
        "action": "look",
        "patient_ref": None,
        "assessment_id": "x",
        "at": "2026-11-30T14:05:00.000000+00:00",
        "result": "done",
    }
    as_json = (
        '{"action":"look","assessment_id":"x","at":"2026-11-30T14:05:00.000000+00:00","number":1,'
        '"patient_ref":null,"result":"done","tenant":"north","who":"dentist-7"}'
    )
    first = linked(row, EMPTY)
    assert first["row_hash"] == hashlib.sha256(("0" * 64 + as_json).encode()).hexdigest()
    second = linked(row, Tip(1, first["row_hash"]))
    after = as_json.replace('"number":1', '"number":2')
    assert second["previous_hash"] == first["row_hash"]
    assert second["row_hash"] == hashlib.sha256((first["row_hash"] + after).encode()).hexdigest()
