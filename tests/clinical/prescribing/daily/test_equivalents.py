"""Morphine equivalents: the worked values of both CDC editions, what is not counted, and the sums."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dentalpain.clinical.prescribing.daily.daily_amounts import mg_per_day
from dentalpain.clinical.prescribing.daily.equivalents import TREATMENT, MmeTotal, mme_of, mme_total
from dentalpain.clinical.prescribing.prescription import Prescription
from dentalpain.clinical.prescribing.texts.reading import read_prescription
from dentalpain.errors import NoValueOnDayError, UnknownNameError
from dentalpain.knowledge.drug_tables import load_drug_names, load_equivalents

NAMES, TABLE = load_drug_names(), load_equivalents()
NOW, OLD, LEGACY = TABLE.edition("cdc2022"), TABLE.edition("cdc2016"), TABLE.edition("legacy2018")


def read(text: str) -> Prescription:
    return read_prescription(text, NAMES)


def total(*proposed: str, current: tuple[str, ...] = ()) -> MmeTotal:
    return mme_total([read(text) for text in proposed], [read(text) for text in current], NOW, LEGACY)


@pytest.mark.parametrize(
    ("text", "mme_2022", "mme_2016"),
    [
        ("Norco 5/325 1 q6h", 20, 20),  # 5 × 4 × 1
        ("Percocet 5/325 1-2 q4-6h", 90, 90),  # 5 × 2 × 6 × 1.5
        ("T#3 1-2 q4h", 54, 54),  # 30 × 2 × 6 × 0.15
        ("tramadol 50 q6h", 40, 20),  # 50 × 4 × 0.2, was × 0.1
        ("hydromorphone 2 mg q4h", 60, 48),  # 2 × 6 × 5, was × 4
        ("methadone 10 tid", 141, 240),  # 30 × 4.7, was × 8 for 21-40 mg
        ("fentanyl 25 mcg/h", 60, 60),  # 25 × 2.4
        ("Ultracet 2 q6h", 60, 30),  # 37.5 × 8 × 0.2, was × 0.1
        ("tapentadol 50 q6h", 80, 80),  # 50 × 4 × 0.4
        ("hydrocodone 7.5 q6h", 30, 30),  # 7.5 × 4
        ("morphine 15 mg q4h", 90, 90),  # 15 × 6
        ("oxymorphone 10 mg q12h", 60, 60),  # 10 × 2 × 3
        ("Xtampza ER 9 mg q12h", 30, 30),  # 9 mg base are 10 mg of the salt: 10 × 2 × 1.5
    ],
)
def test_the_worked_values_of_both_editions(text: str, mme_2022: int, mme_2016: int) -> None:
    assert mme_of(read(text), NOW).mme_per_day == mme_2022
    assert mme_of(read(text), OLD).mme_per_day == mme_2016


@pytest.mark.parametrize(
    ("mg", "mme"),
    [
        (20, 80),  # up to 20 mg × 4
        ("20.5", 164),  # above 20 mg × 8
        (40, 320),  # up to 40 mg × 8
        (41, 410),  # × 10
        (60, 600),  # × 10
        (61, 732),  # × 12
    ],
)
def test_methadone_had_steps_by_daily_dose_in_2016(mg: int | str, mme: int) -> None:
    assert mme_of(read(f"methadone {mg} mg daily"), OLD).mme_per_day == mme


def test_the_step_of_methadone_is_that_of_the_whole_day() -> None:
    # 20 mg and 20 mg are 40 mg a day: × 8 each, 320, and not 80 + 80.
    both = mme_total([read("methadone 20 mg daily")], [read("methadone 20 mg daily")], OLD)
    assert both.total == 320


@pytest.mark.parametrize(
    ("text", "estimate"),
    [
        ("meperidine 50 mg q4h", 30),  # 50 × 6 × 0.1
        ("Trezix 1 cap q4h", 24),  # dihydrocodeine 16 × 6 × 0.25
        ("levorphanol 2 mg q8h", 66),  # 2 × 3 × 11
        ("Stadol NS 1 spray q4h", 42),  # 1 × 6 × 7
        ("Talwin NX 1 tab q4h", 111),  # 50 × 6 × 0.37
        ("Actiq 200 mcg 1 lozenge qid", 104),  # 200 × 4 × 0.13
        ("Fentora 100 mcg 1 tab buccal qid", 52),  # 100 × 4 × 0.13
        ("Lazanda 100 mcg 1 spray qid", 64),  # 100 × 4 × 0.16
    ],
)
def test_an_opioid_without_a_2022_factor_is_not_counted_and_estimated_apart(text: str, estimate: int) -> None:
    result = mme_of(read(text), NOW, LEGACY)
    assert result.mme_per_day is None
    assert result.not_counted == "no factor in cdc2022"
    assert result.legacy_estimate == estimate


@pytest.mark.parametrize("text", ["Apadaz 6.12/325 1 tab q6h", "kratom 2 caps daily", "Dsuvia 30 mcg 1 tab daily"])
def test_an_opioid_without_any_factor_is_never_zero(text: str) -> None:
    result = mme_of(read(text), NOW, LEGACY)
    assert (result.mme_per_day, result.legacy_estimate) == (None, None)


def test_a_patch_in_the_2018_file_counts_patches_and_days() -> None:
    # 25 mcg/h × 10 patches / 30 days × 7.2 = 60: one patch every third day.
    assert mme_of(read("Duragesic 25 mcg/h apply 1 patch q72h"), LEGACY).mme_per_day == 60
    assert mme_of(read("Duragesic 25 mcg/h"), LEGACY).not_counted == "dose or frequency not known"


def test_a_patch_counts_once_however_often_it_is_changed() -> None:
    assert mme_of(read("Duragesic 25 mcg/h apply 1 patch q48h"), NOW).mme_per_day == 60
    assert mme_of(read("Duragesic apply 1 patch q72h"), NOW).not_counted == "strength not known"


def test_a_patch_in_milligrams_is_not_counted() -> None:
    assert mme_of(read("fentanyl patch 2.5 mg q72h"), NOW).not_counted == "strength not known"
    assert mme_of(read("fentanyl patch 2.5 mg q72h"), LEGACY).not_counted == "no factor in legacy2018"


def test_micrograms_and_milligrams_are_told_apart() -> None:
    assert mme_of(read("morphine 500 mcg q4h"), NOW).mme_per_day == 3  # 0.5 mg × 6


def test_an_injection_has_no_oral_equivalent() -> None:
    assert mme_of(read("morphine 10 mg/mL injection 1 mL q4h"), NOW).not_counted == "no factor in cdc2022"


def test_fentanyl_of_an_unknown_form_has_no_factor() -> None:
    assert mme_of(read("fentanyl 100 mcg q4h"), NOW).not_counted == "no factor in cdc2022"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Norco 1 tab q6h", "strength not known"),
        ("Norco 5/325 as directed #20", "dose or frequency not known"),
        ("Suboxone 8/2 film SL daily", TREATMENT),
        ("Butrans 10 mcg/h patch weekly", "no factor in cdc2022"),
    ],
)
def test_what_is_not_counted_says_why(text: str, reason: str) -> None:
    assert mme_of(read(text), NOW).not_counted == reason


def test_a_medicine_that_is_no_opioid_adds_nothing() -> None:
    assert mme_of(read("ibuprofen 400 mg q6h"), NOW).mme_per_day == 0
    assert total("ibuprofen 400 mg q6h") == MmeTotal(Decimal(0), False, (), "cdc2022", None, ())


def test_proposed_and_current_opioids_are_summed_with_their_arithmetic() -> None:
    summed = total("Norco 5/325 1 q6h", current=("tramadol 50 mg q6h",))
    assert summed.total == 60  # 20 + 40
    assert summed.single_dose == 5  # the proposed one alone: 5 × 1
    assert summed.arithmetic == ("5 mg × 4 × 1 = 20", "50 mg × 4 × 0.2 = 40")
    assert not summed.is_minimum


def test_the_total_is_rounded_once_at_its_end() -> None:
    # 2.5 × 1 × 0.15 = 0.375 each; three of them 1.125, shown as 1.1 (0.4 + 0.4 + 0.4 would be 1.2).
    assert total("codeine 2.5 mg daily", "codeine 2.5 mg daily", "codeine 2.5 mg daily").total == Decimal("1.1")


def test_an_opioid_that_cannot_be_counted_makes_the_total_a_minimum() -> None:
    summed = total("Norco 5/325 1 q6h", current=("meperidine 50 mg q6h",))
    assert summed.total == 20
    assert summed.is_minimum
    assert [(one.name, one.reason) for one in summed.not_counted] == [("meperidine", "no factor in cdc2022")]


def test_an_unknown_medicine_makes_the_total_a_minimum() -> None:
    summed = total("Norco 5/325 1 q6h", current=("foobarium 10 mg daily",))
    assert (summed.total, summed.is_minimum) == (20, True)
    assert [(one.name, one.reason) for one in summed.not_counted] == [("foobarium", "not recognised")]


def test_an_unknown_medicine_alone_leaves_zero_as_a_minimum() -> None:
    assert (total("foobarium 10 mg daily").total, total("foobarium 10 mg daily").is_minimum) == (0, True)


def test_opioids_of_which_none_can_be_counted_have_no_total() -> None:
    summed = total("Norco 1 tab q6h")
    assert (summed.total, summed.is_minimum, summed.single_dose) == (None, True, None)


def test_addiction_treatment_is_not_counted_and_leaves_the_total_whole() -> None:
    summed = total("Norco 5/325 1 q6h", current=("Suboxone 8/2 film SL daily",))
    assert (summed.total, summed.is_minimum) == (20, False)
    assert [(one.name, one.reason) for one in summed.not_counted] == [("buprenorphine", TREATMENT)]


def test_the_edition_of_a_day_is_the_newest_clinical_one() -> None:
    assert TABLE.on(dt.date(2022, 11, 4)).id == "cdc2022"
    assert TABLE.on(dt.date(2022, 11, 3)).id == "cdc2016"
    assert TABLE.on(dt.date(2016, 3, 18)).id == "cdc2016"
    with pytest.raises(NoValueOnDayError, match="2016-03-18"):
        TABLE.on(dt.date(2016, 3, 17))


def test_an_edition_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="cdc2022, cdc2016, legacy2018"):
        TABLE.edition("cdc2030")


OPIOIDS = st.sampled_from(
    ["Norco 5/325 1 q6h", "tramadol 50 mg q6h", "meperidine 50 mg q6h", "Norco 1 q6h", "Duragesic 25"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(OPIOIDS, max_size=5), OPIOIDS)
def test_adding_an_opioid_never_lowers_the_total(texts: list[str], added: str) -> None:
    before, after = total(*texts).total, total(*texts, added).total
    assert before is None or after is None or after >= before
    assert not (before is not None and before > 0 and after is None)


@pytest.mark.parametrize(
    ("texts", "name", "mg"),
    [
        (["Norco 5/325 1 q6h", "Tylenol 500 mg 1 tab q6h"], "acetaminophen", 3300),  # 325 × 4 + 500 × 4
        (["Norco 5/325 2 tabs q4h max 8/day"], "acetaminophen", 2600),  # 325 × 8
        (["ibuprofen 200 mg 2 tabs q6h", "Vicoprofen 1 tab q6h"], "ibuprofen", 2400),  # 1600 + 200 × 4
        (["naproxen sodium 220 mg bid"], "naproxen", 400),  # 220 mg of the salt are 200 mg
        (["Aleve 2 tabs bid"], "naproxen", 800),  # 200 × 4
        (["naproxen 550 mg bid"], "naproxen", 1000),  # 550 mg exist as the salt alone
        (["naproxen 500 mg bid"], "naproxen", 1000),  # the base
        (["Naprelan 750 mg daily"], "naproxen", 750),  # labelled as base
        (["aspirin 81 mg daily", "Excedrin 2 tabs bid"], "aspirin", 1081),  # 81 + 250 × 4
        (["acetaminophen 160 mg/5 mL 10 mL q4h"], "acetaminophen", 1920),  # 32 × 60
        (["amlodipine 5 mg daily"], "aspirin", 0),
        ([], "ibuprofen", 0),
    ],
)
def test_milligrams_a_day_are_summed_over_products(texts: list[str], name: str, mg: int) -> None:
    assert mg_per_day(name, [read(text) for text in texts]) == mg


@pytest.mark.parametrize(
    "text", ["Tylenol 2 tabs q6h", "acetaminophen 500 mg as directed", "Theraflu 1 packet q4h", "Vicodin 1 tab q6h"]
)
def test_one_product_that_cannot_be_read_leaves_no_sum(text: str) -> None:
    assert mg_per_day("acetaminophen", [read("Norco 5/325 1 q6h"), read(text)]) is None
