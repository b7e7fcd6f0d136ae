"""When a QuestionnaireResponse was written: the day where it was written, not the day in Greenwich."""

from __future__ import annotations

import datetime as dt

from .elements import Json, day, string

RESPONSE = "QuestionnaireResponse"
FARTHEST_WEST = dt.timedelta(hours=12)  # no inhabited place is further behind Greenwich


def authored_on(data: Json, on: dt.date) -> dt.date | None:
    """The day on which a response was written, as it was where it was written; None where that cannot be read.

    Browsers write the time of Greenwich: what was written in an American evening bears the day after.
    """
    found = day(data.get("authored"))
    if found is None or found.first != found.last:
        return None
    if found.first <= on or "T" not in string(data["authored"]):
        return found.first
    try:
        moment = dt.datetime.fromisoformat(string(data["authored"]))
    except ValueError:
        return found.first
    earliest = moment.astimezone(dt.UTC) - FARTHEST_WEST if moment.tzinfo else moment
    return on if earliest.date() <= on else found.first
