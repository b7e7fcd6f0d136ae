"""Open Dental keeps the contract of every practice software."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from dentalpain.practice.open_dental import HotFolder, OpenDental
from dentalpain.testing import check_practice_software

from . import office as charts
from .server import Office

ON = dt.date(2026, 11, 24)


def test_open_dental_keeps_the_contract(office: Office, tmp_path: Path) -> None:
    adapter = OpenDental(office.url, documents=HotFolder(tmp_path, 133))
    check_practice_software(adapter, str(charts.DELIA), "4711", ON, files=True)
    check_practice_software(adapter, str(charts.OTHERS), str(charts.MERGED), ON)
    adapter.close()
