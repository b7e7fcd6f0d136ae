"""Measurements: the newest usable one, in its unit, as certain as it was sent."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from dentalpain.clinical.record import Record

from .conftest import PATIENT, answer, bundle, facts, of_patient, read

LOINC = "http://loinc.org"
EGFR = "98979-8"


def quantity(value: Any, unit: str = "", code: str = "", **more: Any) -> dict[str, Any]:
    return {"value": value, **({"unit": unit} if unit else {}), **({"code": code} if code else {}), **more}


def observation(loinc: str, **elements: Any) -> dict[str, Any]:
    made = {"status": "final", "effectiveDateTime": "2026-11-01", **elements}
    return of_patient(
        "Observation", code={"coding": [{"system": LOINC, "code": loinc}], "text": f"test {loinc}"}, **made
    )


def of(*resources: dict[str, Any], **more: Any) -> Record:
    return read(bundle(*resources, **more))


def number(record: Record, fact: str) -> Decimal | None:
    return facts(record).reading(fact).value


def whys(record: Record) -> list[str]:
    return [line.why for line in record.not_read]


# -- kidney ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", ["mL/min/{1.73_m2}", "mL/min/1.73m2", "ml/min/1.73m*2", "mL/min"])
def test_an_egfr_is_read_in_every_spelling_of_its_unit(unit: str) -> None:
    assert number(of(observation(EGFR, valueQuantity=quantity(29, unit))), "egfr") == 29


def test_the_newest_value_counts_by_its_day_and_not_by_its_place() -> None:
    new = observation(EGFR, effectiveDateTime="2026-11-02", valueQuantity=quantity(41, "mL/min"))
    old = observation(EGFR, effectiveDateTime="2026-02-02", issued="2026-11-20", valueQuantity=quantity(70, "mL/min"))
    assert number(of(new, old), "egfr") == number(of(old, new), "egfr") == 41


def test_the_later_hour_of_one_day_counts() -> None:
    early = observation("29463-7", effectiveDateTime="2026-11-02T08:00:00Z", valueQuantity=quantity(70, "kg"))
    late = observation("29463-7", effectiveDateTime="2026-11-02T17:00:00Z", valueQuantity=quantity(71, "kg"))
    assert number(of(late, early), "weight_kg") == 71


def test_of_two_values_split_by_race_the_lower_counts_and_its_source_says_so() -> None:
    low = observation("48642-3", valueQuantity=quantity(55, "mL/min"))
    high = observation("48643-1", valueQuantity=quantity(64, "mL/min"))
    for pair in ((low, high), (high, low)):
        found = facts(of(*pair)).reading("egfr")
        assert found.value == 55
        assert found.facts[0].source == "FHIR Observation, the lower of two values split by race"
    open_end = {**high, "valueQuantity": quantity(60, "mL/min", comparator=">")}
    assert number(of(low, open_end), "egfr") == 55


def test_a_value_of_the_formula_without_race_counts_before_a_pair_split_by_race() -> None:
    low = observation("48642-3", valueQuantity=quantity(55, "mL/min"))
    high = observation("48643-1", valueQuantity=quantity(64, "mL/min"))
    without = observation("98979-8", valueQuantity=quantity(61, "mL/min"))
    assert number(of(low, without, high), "egfr") == number(of(without, low, high), "egfr") == 61


def test_two_tests_of_one_day_span_a_range() -> None:
    first = observation(EGFR, valueQuantity=quantity(55, "mL/min"))
    second = observation("33914-3", valueQuantity=quantity(64, "mL/min"))
    found = facts(of(first, second)).reading("egfr")
    assert (found.low, found.high) == (55, 64)
    open_end = {**second, "valueQuantity": quantity(60, "mL/min", comparator=">")}
    assert facts(of(first, open_end)).reading("egfr").low == 60


def test_more_than_60_and_below_15_are_ranges() -> None:
    above = facts(of(observation(EGFR, valueQuantity=quantity(60, "mL/min", comparator=">")))).reading("egfr")
    below = facts(of(observation(EGFR, valueQuantity=quantity(15, "mL/min", comparator="<")))).reading("egfr")
    assert (above.low, above.high) == (60, None)
    assert (below.low, below.high, below.below_high) == (None, 15, True)


def test_the_adult_formula_is_not_read_for_a_child() -> None:
    child = {**PATIENT, "birthDate": "2010-01-01"}
    record = of(observation(EGFR, valueQuantity=quantity(90, "mL/min")), patient=child)
    assert number(record, "egfr") is None and whys(record) == ["the formula is for adults"]
    unborn = of(
        observation(EGFR, valueQuantity=quantity(90, "mL/min")), patient={"resourceType": "Patient", "id": "p1"}
    )
    assert number(unborn, "egfr") == 90  # without a birth date nobody can say that it is a child


def test_creatinine_in_micromoles_is_turned_into_milligrams() -> None:
    record = of(observation("2160-0", valueQuantity=quantity(Decimal("176.84"), "umol/L")))
    assert number(record, "serum_creatinine") == 2  # 176.84 / 88.42


def test_the_code_of_a_unit_is_tried_before_its_print() -> None:
    assert number(of(observation("29463-7", valueQuantity=quantity(100, "pounds", "[lb_av]"))), "weight_kg") == Decimal(
        "45.359237"
    )
    assert number(of(observation("29463-7", valueQuantity=quantity(70, "kg", "{local}"))), "weight_kg") == 70


@pytest.mark.parametrize("value", [{"valueQuantity": quantity(12, "stone")}, {"valueQuantity": quantity(12)}, {}])
def test_an_unknown_unit_or_no_value_gives_no_number_and_is_listed(value: dict[str, Any]) -> None:
    record = of(observation("29463-7", **value))
    assert number(record, "weight_kg") is None and whys(record) == ["it has no number in a unit that is known"]


def test_a_number_in_words_is_read_with_its_unit() -> None:
    assert number(of(observation("29463-7", valueString="71.5 kg")), "weight_kg") == Decimal("71.5")
    assert facts(of(observation(EGFR, valueString=">60 mL/min"))).reading("egfr").low == 60
    assert number(of(observation("6301-6", valueInteger=2)), "inr") == 2


def test_an_interpretation_alone_is_no_number() -> None:
    record = of(observation(EGFR, interpretation=[{"coding": [{"code": "L"}]}]))
    assert number(record, "egfr") is None


# -- status and day --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["cancelled", "entered-in-error", "unknown"])
def test_a_withdrawn_result_is_not_read(status: str) -> None:
    assert number(of(observation("29463-7", status=status, valueQuantity=quantity(70, "kg"))), "weight_kg") is None


def test_a_preliminary_result_and_one_without_a_day_are_listed() -> None:
    early = of(observation("29463-7", status="preliminary", valueQuantity=quantity(70, "kg")))
    undated = of(observation("29463-7", effectiveDateTime=None, valueQuantity=quantity(70, "kg")))
    assert whys(early) == ["it is not final yet"] and whys(undated) == ["it has no day"]
    assert number(early, "weight_kg") is number(undated, "weight_kg") is None


def test_a_result_that_was_never_obtained_is_nothing() -> None:
    absent = observation("29463-7", dataAbsentReason={"coding": [{"code": "not-performed"}]})
    assert number(of(absent), "weight_kg") is None


def test_an_old_value_is_stale_and_still_shown() -> None:
    record = of(observation(EGFR, effectiveDateTime="2025-11-29", valueQuantity=quantity(80, "mL/min")))
    found = facts(record).reading("egfr")  # 366 days
    assert found.value is None and found.facts[0].stale and found.facts[0].value == 80


def test_measurements_that_no_rule_reads_are_counted() -> None:
    record = of(observation("718-7"), observation("718-7"), observation("4544-3"))
    assert [line.what for line in record.not_read] == ["3 × Observation of 2 kinds"]


# -- blood pressure and body -----------------------------------------------------------------------------------------


def pressure(systolic: int | None, diastolic: int | None) -> dict[str, Any]:
    halves = (("8480-6", systolic), ("8462-4", diastolic))
    parts = [
        {"code": {"coding": [{"system": LOINC, "code": code}]}, "valueQuantity": quantity(value, "mmHg", "mm[Hg]")}
        for code, value in halves
        if value is not None
    ]
    return observation("85354-9", component=parts)


@pytest.mark.parametrize(
    ("systolic", "diastolic", "expected"),
    [(159, 99, "no"), (160, 99, "yes"), (159, 100, "yes"), (161, None, "yes"), (120, None, "unknown")],
)
def test_a_pressure_of_160_or_100_is_uncontrolled(systolic: int, diastolic: int | None, expected: str) -> None:
    record = of(pressure(systolic, diastolic))
    assert answer(record, "hypertension_uncontrolled") == expected
    assert number(record, "systolic_bp") == systolic


def test_a_lone_half_of_a_pressure_is_read() -> None:
    assert number(of(observation("8462-4", valueQuantity=quantity(101, "mm[Hg]"))), "diastolic_bp") == 101


@pytest.mark.parametrize(("bmi", "expected"), [(Decimal("29.9"), "no"), (30, "yes"), (31, "yes")])
def test_a_body_mass_index_of_30_is_obesity(bmi: Any, expected: str) -> None:
    assert answer(of(observation("39156-5", valueQuantity=quantity(bmi, "kg/m2"))), "obesity") == expected


def test_a_childs_body_mass_index_takes_the_percentile() -> None:
    child = {**PATIENT, "birthDate": "2014-01-01"}
    assert (
        answer(of(observation("39156-5", valueQuantity=quantity(31, "kg/m2")), patient=child), "obesity") == "unknown"
    )
    percentile = observation("59576-9", valueQuantity=quantity(95, "%"))
    assert answer(of(percentile, patient=child), "obesity") == "yes"
    assert answer(of({**percentile, "valueQuantity": quantity(94, "%")}, patient=child), "obesity") == "no"
    assert answer(of({**percentile, "valueQuantity": quantity(94, "x")}, patient=child), "obesity") == "unknown"


def test_fahrenheit_is_turned_into_celsius() -> None:
    warm = observation(
        "8310-5", valueQuantity=quantity(Decimal("100.4"), "F", "[degF]"), effectiveDateTime="2026-11-30"
    )
    assert number(of(warm), "temperature_c") == 38


# -- laboratory ------------------------------------------------------------------------------------------------------


def test_platelets_per_microliter_are_a_thousand_times_larger() -> None:
    assert number(of(observation("777-3", valueQuantity=quantity(49000, "/uL"))), "platelets") == 49
    assert number(of(observation("777-3", valueQuantity=quantity(49, "10*9/L"))), "platelets") == 49


@pytest.mark.parametrize(("sodium", "expected"), [(134, "yes"), (135, "no"), (136, "no")])
def test_a_sodium_below_135_is_low(sodium: int, expected: str) -> None:
    assert answer(of(observation("2951-2", valueQuantity=quantity(sodium, "mmol/L"))), "hyponatraemia") == expected


def test_a_sodium_in_an_unknown_unit_says_nothing() -> None:
    assert answer(of(observation("2951-2", valueQuantity=quantity(134, "mg/dL"))), "hyponatraemia") == "unknown"


def test_liver_enzymes_are_multiples_of_the_laboratorys_limit_and_the_higher_counts() -> None:
    limit = [{"high": {"value": 40}}]
    alt = observation("1742-6", valueQuantity=quantity(120, "U/L"), referenceRange=limit)
    ast = observation("1920-8", valueQuantity=quantity(60, "U/L"), referenceRange=limit)
    assert number(of(alt, ast), "alt_ast_times_uln") == number(of(ast, alt), "alt_ast_times_uln") == 3  # 120 / 40
    bare = of(observation("1742-6", valueQuantity=quantity(120, "U/L")))
    assert number(bare, "alt_ast_times_uln") is None and "no upper limit" in whys(bare)[0]


@pytest.mark.parametrize(("milliseconds", "expected"), [(499, "unknown"), (500, "yes"), (501, "yes")])
def test_a_corrected_qt_of_500_is_prolonged_and_a_shorter_one_proves_nothing(milliseconds: int, expected: str) -> None:
    assert answer(of(observation("8636-3", valueQuantity=quantity(milliseconds, "ms"))), "qt_prolongation") == expected


# -- pregnancy -------------------------------------------------------------------------------------------------------


def coded(code: str, system: str = LOINC, text: str = "") -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code}], **({"text": text} if text else {})}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"valueCodeableConcept": coded("77386006", "http://snomed.info/sct")}, "yes"),
        ({"valueCodeableConcept": coded("60001007", "http://snomed.info/sct")}, "no"),
        ({"valueCodeableConcept": {"text": "Not pregnant"}}, "no"),
        ({"valueBoolean": True}, "yes"),
        ({"valueString": "perhaps"}, "unknown"),
    ],
)
def test_the_pregnancy_status_is_read_from_its_answer(value: dict[str, Any], expected: str) -> None:
    assert answer(of(observation("82810-3", **value)), "pregnant") == expected


def test_not_breastfeeding_is_a_no() -> None:
    assert answer(of(observation("63895-7", valueCodeableConcept=coded("LA29253-4"))), "breastfeeding") == "no"
    assert answer(of(observation("63895-7", valueCodeableConcept=coded("LA29252-6"))), "breastfeeding") == "yes"


@pytest.mark.parametrize(
    ("loinc", "value", "weeks"),
    [
        ("49051-6", {"valueQuantity": quantity(28, "weeks", "wk")}, 29),  # 9 November + 21 days would be 31; see below
        ("49052-4", {"valueQuantity": quantity(196, "d", "d")}, 29),
        ("49052-4", {"valueInteger": 196}, 29),
        ("11884-4", {"valueString": "28 wks"}, 29),
        ("11778-8", {"valueDateTime": "2027-02-08"}, 30),  # 70 days to go: 210 days
        ("8665-2", {"valueDateTime": "2026-07-13"}, 20),  # 140 days ago
    ],
)
def test_weeks_are_counted_to_today_from_weeks_days_due_date_or_period(
    loinc: str, value: dict[str, Any], weeks: int
) -> None:
    # Recorded on 22 November: 196 days + 8 days = 204 days = 29 weeks on the 30th.
    record = of(observation(loinc, effectiveDateTime="2026-11-22", **value))
    assert number(record, "gestational_age_weeks") == weeks


def test_weeks_say_pregnant_and_a_last_period_does_not() -> None:
    assert answer(of(observation("49051-6", valueQuantity=quantity(20, "wk"))), "pregnant") == "yes"
    assert answer(of(observation("8665-2", valueDateTime="2026-10-01")), "pregnant") == "unknown"


def test_a_past_due_date_says_nothing() -> None:
    record = of(observation("11778-8", valueDateTime="2026-09-01"))
    assert number(record, "gestational_age_weeks") is None and answer(record, "pregnant") == "unknown"
    old = of(observation("8665-2", valueDateTime="2025-01-01"))
    assert number(old, "gestational_age_weeks") is None


def test_weeks_and_dates_that_cannot_be_read_are_listed() -> None:
    assert whys(of(observation("49051-6", valueQuantity=quantity(20)))) == ["it has no number in weeks or days"]
    assert whys(of(observation("11778-8", valueString="in spring"))) == ["it holds no date"]


def test_the_age_of_a_baby_at_birth_is_not_the_mothers_pregnancy() -> None:
    assert answer(of(observation("18185-9", valueQuantity=quantity(39, "wk"))), "pregnant") == "unknown"


# -- classes, genes, moods -------------------------------------------------------------------------------------------


def chosen(record: Record, fact: str) -> str | None:
    return facts(record).choice(fact)[0]


def test_the_nyha_class_is_read_by_code_and_by_word() -> None:
    assert chosen(of(observation("88020-3", valueCodeableConcept=coded("LA28406-9"))), "nyha_class") == "III"
    assert chosen(of(observation("88020-3", valueString="Class II")), "nyha_class") == "II"
    unclear = of(observation("88020-3", valueString="moderate"))
    assert chosen(unclear, "nyha_class") is None and whys(unclear) == ["its answer is not understood"]


def test_the_child_pugh_class_is_read_by_code() -> None:
    grade = of_patient(
        "Observation", status="final", effectiveDateTime="2026-11-01",
        code=coded("3191000175106", "http://snomed.info/sct"),
        valueCodeableConcept=coded("710066005", "http://snomed.info/sct"),
    )  # fmt: skip
    assert chosen(of(grade), "child_pugh_class") == "B"


@pytest.mark.parametrize(
    ("text", "expected"), [("HLA-B*15:02 not detected", "negative"), ("Detected", "positive"), ("see report", None)]
)
def test_not_detected_is_a_negative(text: str, expected: str | None) -> None:
    assert chosen(of(observation("57979-7", valueString=text)), "hla_b_1502") == expected


def test_a_metaboliser_needs_the_name_of_the_gene() -> None:
    gene = {"code": {"text": "gene"}, "valueString": "CYP2D6"}
    status = {"valueString": "Ultra-rapid metabolizer"}
    assert chosen(of(observation("53040-2", component=[gene], **status)), "cyp2d6_phenotype") == "ultrarapid"
    assert chosen(of(observation("53040-2", **status)), "cyp2d6_phenotype") is None
    assert chosen(of(observation("53040-2", valueString="CYP2D6 result pending")), "cyp2d6_phenotype") is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"valueInteger": 1}, "yes"),
        ({"valueInteger": 0}, "unknown"),
        ({"valueCodeableConcept": coded("LA6569-3")}, "yes"),
        ({"valueCodeableConcept": coded("LA6568-5")}, "unknown"),
    ],
)
def test_any_point_on_the_ninth_item_acts(value: dict[str, Any], expected: str) -> None:
    assert answer(of(observation("44260-8", **value)), "suicidality") == expected


def test_a_high_phq_9_prompts_the_question_and_settles_nothing() -> None:
    high, low = observation("44261-6", valueInteger=10), observation("44261-6", valueInteger=9)
    assert [s.certain for s in of(high).statements] == [False]
    assert of(low).statements == ()


def test_drinks_on_a_drinking_day_are_an_upper_bound() -> None:
    found = facts(of(observation("11287-0", valueQuantity=quantity(3, "{drinks}/d")))).reading("alcohol_drinks_per_day")
    assert (found.low, found.high) == (0, 3)
    assert number(of(observation("74013-4", valueQuantity=quantity(14, "{drinks}/wk"))), "alcohol_drinks_per_day") == 2


def test_a_look_up_sent_as_an_observation_gives_its_day() -> None:
    seen = of_patient(
        "Observation", status="final", effectiveDateTime="2026-11-01",
        code=coded("461651000124104", "http://snomed.info/sct"), valueBoolean=True,
    )  # fmt: skip
    assert str(facts(of(seen)).day_of("pdmp_checked_date")[0]) == "2026-11-01"


def test_a_code_of_a_fact_without_a_way_to_read_it_is_counted() -> None:
    record = of(observation("32546-4", valueQuantity=quantity(7, "U/g{Hb}")))
    assert answer(record, "g6pd_deficiency") == "unknown" and whys(record) == ["no rule reads them"]
