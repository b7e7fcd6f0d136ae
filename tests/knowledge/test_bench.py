"""What stands ready for judging: the options, the factors of every edition, and the red flags beside them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from dentalpain.clinical.facts import Facts
from dentalpain.clinical.prescribing.judging import Bench, judged_option, judged_prescription
from dentalpain.clinical.record import Record
from dentalpain.clinical.screening.tables import ALL_RED_FLAGS
from dentalpain.errors import UnknownNameError
from dentalpain.knowledge.bench import Tools, tools
from dentalpain.knowledge.load import Knowledge

DAY = dt.date(2026, 11, 24)


@pytest.fixture(scope="module")
def held(knowledge: Knowledge) -> Tools:
    return tools(knowledge)


def test_a_medicine_that_no_table_names_is_refused_by_name_and_never_judged(bench: Bench) -> None:
    with pytest.raises(UnknownNameError, match="There is no option 'ibuprofin'"):
        judged_option("ibuprofin", Facts(Record(on=DAY), bench.definitions), (), None, bench)


def test_a_prescription_that_nobody_can_read_stands_for_all_that_rules_ask_about(bench: Bench) -> None:
    judged = judged_prescription(bench.read("zzqxv 10 mg daily"), bench)
    assert judged.unread and {"opioid", "nsaid", "acetaminophen", "any_medicine"} <= judged.tags


def test_hydromorphone_counts_five_times_today_and_four_times_by_the_guideline_of_2016(held: Tools) -> None:
    # 2 mg × 4 a day = 8 mg; CDC 2022: × 5 = 40; CDC 2016: × 4 = 32.
    proposed = (held.bench.read("hydromorphone 2 mg 1 tab q6h #12"),)
    assert held.mme_total(proposed, ()).total == Decimal(40)
    assert held.mme_total_of_2016(proposed, ()).total == Decimal(32)


def test_the_red_flags_of_a_screening_stand_ready(held: Tools) -> None:
    assert tuple(held.screening.red_flags) == ALL_RED_FLAGS
