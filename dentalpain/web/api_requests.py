"""What the API takes beside a record: what to print, what to decide, and the parameters of lists."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate, validates

from ..storage.port import KINDS, OVERRIDE_REASONS
from .schemas import RECORD, ExactDay, ReviewRequest, or_null

TEXT = fields.String
GIVEN = ("give", "topics", "release", "language", "paper", "large_print")
PAPERS = ("letter", "a4")
SPAN = dt.timedelta(days=30)
LONGEST_REASON = 300
MOST_IN_A_PAGE = 100


SINCE = {"description": "The first day (UTC), 30 before the last by default."}
UNTIL = {"description": "The last day (UTC), today by default."}


class Count(fields.Integer):
    """A number in an address: plain digits and nothing else."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if not isinstance(value, str) or not re.fullmatch("[0-9]{1,6}", value):
            raise ValidationError("Write a whole number.")
        return int(value)


def days_before(last: dt.date) -> dt.date:
    """The first day of a report that names only the last."""
    return last - SPAN if last - dt.date.min > SPAN else dt.date.min


class HandoutRequest(ReviewRequest):
    """POST /api/v1/handout: of an assessment that was kept, or of a record with all that a review takes."""

    record = fields.Dict(load_default=None, allow_none=True, metadata=or_null(RECORD))
    assessment = TEXT(load_default=None, allow_none=True, metadata={"description": "The id of a kept review or visit."})
    give = fields.List(TEXT(), load_default=list, validate=validate.Length(max=60))
    topics = fields.List(
        TEXT(),
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=60),
        metadata={"description": "The topics to explain and no others; null: those that the visit calls for."},
    )
    release = fields.List(TEXT(), load_default=list, validate=validate.Length(max=30))
    language = TEXT(load_default=None, allow_none=True)
    paper = TEXT(
        load_default=None,
        allow_none=True,
        validate=validate.OneOf(PAPERS, error="Write letter or a4."),
        metadata={"enum": [*PAPERS, None]},
    )
    large_print = fields.Boolean(load_default=None, allow_none=True, truthy={True}, falsy={False})


class OverrideRequest(Schema):
    """POST /api/v1/assessments/{id}/overrides: a code, or a sentence, or both."""

    class Meta:
        unknown = RAISE

    rule = TEXT(required=True, validate=validate.Length(1, 60))
    reason = TEXT(
        load_default=None,
        allow_none=True,
        validate=validate.OneOf(OVERRIDE_REASONS, error=f"Write one of {', '.join(OVERRIDE_REASONS)}."),
        metadata={"enum": [*OVERRIDE_REASONS, None]},
    )
    text = TEXT(load_default=None, allow_none=True, validate=validate.Length(1, LONGEST_REASON))

    @validates("text")
    def _told(self, value: str | None, **kwargs: Any) -> None:
        if value is not None and (not value.strip() or "\x00" in value or any("\ud800" <= c <= "\udfff" for c in value)):
            raise ValidationError("Write the reason in words.")


class MuteRequest(OverrideRequest):
    """POST /api/v1/assessments/{id}/mutes: a flag that says yes and is not contraindicated, its last day, and a reason."""

    until = ExactDay(required=True, metadata={"description": "The last day on which the flag is muted."})


class LiftRequest(Schema):
    """POST /api/v1/mutes/{id}/lift: an empty object."""

    class Meta:
        unknown = RAISE


class NoQuery(Schema):
    """An address without parameters."""

    class Meta:
        unknown = RAISE


class SpanOfPage(NoQuery):
    """How many entries, and behind which."""

    limit = Count(load_default=20, validate=validate.Range(1, MOST_IN_A_PAGE))
    cursor = TEXT(load_default=None, allow_none=False, metadata={"description": "The `next` of the page before."})


class PageQuery(SpanOfPage):
    """GET /api/v1/assessments."""

    kind = TEXT(load_default=None, allow_none=False, validate=validate.OneOf(KINDS, error=f"Write one of {', '.join(KINDS)}."))


class SpanQuery(NoQuery):
    """GET /api/v1/overrides."""

    since = ExactDay(data_key="from", load_default=None, allow_none=False, metadata=SINCE)
    until = ExactDay(data_key="to", load_default=None, allow_none=False, metadata=UNTIL)


class CountsQuery(SpanQuery):
    """GET /api/v1/overrides."""

    small = TEXT(
        load_default="shown",
        validate=validate.OneOf(("shown", "withheld"), error="Write shown or withheld."),
        metadata={"description": "Whether counts from 1 to 10 are withheld, for a report beyond the office."},
    )
