"""A day's handouts over several processes."""

from __future__ import annotations

import pytest

from dentalpain.batch import print_handouts
from dentalpain.errors import InputError, WordingError
from dentalpain.handouts.batch import Press
from dentalpain.handouts.content import Paragraph, Run
from dentalpain.handouts.layout import to_pdf
from dentalpain.service import Service

from .samples import KIDNEYS, OFFICE, PLAIN, VISITS, small


def test_two_processes_print_the_same_bytes_in_the_same_order_and_name_what_cannot_be_printed() -> None:
    documents = [*VISITS.values()] * 4
    with Press(processes=2) as press:
        assert press.print(documents) == [to_pdf(document) for document in documents]
        large = press.print(documents[:1], paper="a4", large_print=True)
        assert large == [to_pdf(documents[0], paper="a4", large_print=True)]
        with pytest.raises(WordingError, match=r"U\+1F600"):
            press.print([small(Paragraph((Run("\N{GRINNING FACE}"),)))])


def test_the_handouts_of_a_day_are_those_that_the_service_makes_one_by_one() -> None:
    asked = [{"review": one, "office": OFFICE, "give": ["acetaminophen"]} for one in (PLAIN, KIDNEYS)]
    assert print_handouts(Service(), asked, processes=1) == [Service().handout(**one) for one in asked]


def test_one_handout_that_may_not_be_made_stops_the_day_before_anything_is_printed() -> None:
    asked = [{"review": KIDNEYS, "office": OFFICE, "give": [name]} for name in ("acetaminophen", "ibuprofen")]
    with pytest.raises(InputError, match="ibuprofen is blocked"):
        print_handouts(Service(), asked)


def test_a_press_that_prints_nothing_starts_no_process() -> None:
    with Press() as press:
        assert press.print([]) == []
