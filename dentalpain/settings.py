"""The settings of a host, `DENTALPAIN_…`: read and checked once, when the extension is attached."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate, validates
from marshmallow.exceptions import SCHEMA

from .cds_settings import CdsFields, conflicts, cookie_conflict
from .errors import SettingsError, WordingError
from .handouts.office import read_next_visit, read_office
from .handouts.wording import languages

PREFIX = "DENTALPAIN_"
MEBIBYTE = 1024 * 1024
# USPS Publication 28, appendix B: the states, the District of Columbia and the territories.
STATES = frozenset({
    "AK", "AL", "AR", "AS", "AZ", "CA", "CO", "CT", "DC", "DE", "FL", "GA", "GU", "HI", "IA", "ID", "IL", "IN", "KS", "KY",
    "LA", "MA", "MD", "ME", "MI", "MN", "MO", "MP", "MS", "MT", "NC", "ND", "NE", "NH", "NJ", "NM", "NV", "NY", "OH", "OK",
    "OR", "PA", "PR", "RI", "SC", "SD", "TN", "TX", "UT", "VA", "VI", "VT", "WA", "WI", "WV", "WY",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settings:
    """What the host decided. Sizes are in bytes, `max_prescription` counts characters."""

    store: str | None
    tenant: str
    packs: str | None
    fonts: str | None
    max_body: int
    max_prescription: int
    office: Mapping[str, Any]
    paper: str
    language: str
    large_print: bool
    state: str | None
    file_documents: bool
    api: bool
    sign_in_endpoint: str | None
    cds_open: bool
    cds_issuers: Mapping[str, Any]
    cds_base_url: str | None
    cds_origins: tuple[str, ...]
    cds_fhir_servers: tuple[str, ...]
    frame_ancestors: tuple[str, ...]
    store_hooks: bool
    mute_days_max: int
    patient_link_minutes: int
    naltrexone_prescriber: str | None


# marshmallow 4 makes Field generic; in 3.26 it cannot be subscripted at run time.
if TYPE_CHECKING:
    AnyField = fields.Field[Any]
else:
    AnyField = fields.Field


class _Lines(AnyField):
    """One line of text, or several in a list."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[str]:
        lines = [value] if isinstance(value, str) else value
        if not isinstance(lines, list | tuple) or not all(isinstance(line, str) for line in lines):
            raise ValidationError("write text in quotes, or a list of it.")
        return list(lines)


class _Logo(AnyField):
    """A picture as bytes, or the path of one."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, str | bytes | PathLike):
            raise ValidationError("write the path of a PNG or JPEG file, or its bytes.")
        return value


class _OfficeSchema(Schema):
    """Who hands out the handouts; how long a text may be is for the handouts to say."""

    class Meta:
        unknown = RAISE

    name = fields.String(required=True)
    phone = fields.String(load_default="")
    lines = _Lines(load_default=list)
    address = _Lines(load_default=list)
    hours = _Lines(load_default=list)
    url = fields.String(load_default="")
    next_visit = fields.String(load_default="")
    logo = _Logo(load_default=None, allow_none=True)
    procedure_codes = _Lines(load_default=list)


OFFICE_KEYS = tuple(_OfficeSchema().fields)


class _Switch(fields.Boolean):
    """True or False and no other word: 'no' in an environment variable must not count as True."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise ValidationError("write True or False, without quotes.")
        return value


_MINUTES = "write a number of minutes from 5 to 10080, or 0 for no patient pages."


class _SettingsSchema(CdsFields):
    """Every setting, its default, and what to write when it is wrong."""

    class Meta:
        unknown = RAISE

    store = fields.String(load_default=None, allow_none=True)
    tenant = fields.String(
        load_default="default", validate=validate.Length(min=1, max=100, error="write the name of the office.")
    )
    packs = fields.String(load_default=None, allow_none=True, validate=validate.Length(min=1, error="write a folder."))
    fonts = fields.String(load_default=None, allow_none=True, validate=validate.Length(min=1, error="write a folder."))
    max_body = fields.Integer(
        strict=True,
        load_default=2 * MEBIBYTE,
        validate=validate.Range(1024, 64 * MEBIBYTE, error="write a number of bytes from 1024 to 67108864."),
    )
    max_prescription = fields.Integer(
        strict=True,
        load_default=4000,
        validate=validate.Range(100, 100_000, error="write a number of characters from 100 to 100000."),
    )
    office = fields.Nested(_OfficeSchema, load_default=lambda: _OfficeSchema().load({"name": "Dental office"}))
    paper = fields.String(
        load_default="letter", validate=validate.OneOf(["letter", "a4"], error='write "letter" or "a4".')
    )
    language = fields.String(load_default="en")
    large_print = _Switch(load_default=False)
    state = fields.String(load_default=None, allow_none=True)
    file_documents = _Switch(load_default=False)
    api = _Switch(load_default=True)
    sign_in_endpoint = fields.String(load_default=None, allow_none=True)
    cds_open = _Switch(load_default=False)
    store_hooks = _Switch(load_default=False)
    mute_days_max = fields.Integer(
        strict=True,
        load_default=365,
        validate=validate.Range(1, 3650, error="write a number of days from 1 to 3650."),
    )
    patient_link_minutes = fields.Integer(
        strict=True,
        load_default=60,
        validate=[
            validate.Range(0, 10_080, error=_MINUTES),
            validate.NoneOf(range(1, 5), error=_MINUTES),
        ],
    )
    naltrexone_prescriber = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.OneOf(["dentist", "physician"], error='write "dentist" or "physician", or leave it out.'),
    )

    @validates("state")
    def _two_letters(self, value: str | None, **kwargs: Any) -> None:
        if value is not None and value not in STATES:
            raise ValidationError('write the two letters of a US state or territory in capitals, such as "OH".')

    @validates("language")
    def _language_tag(self, value: str, **kwargs: Any) -> None:
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
            raise ValidationError('write a language tag, such as "en" or "es".')
        if value not in languages():
            raise ValidationError(f"there are no handouts in this language; write one of {', '.join(languages())}.")

    @validates("fonts")
    def _folder_of_fonts(self, value: str | None, **kwargs: Any) -> None:
        if value and not Path(value).is_dir():
            raise ValidationError("this folder is not there; write the one that dentalpain.handouts.build_fonts made.")

    @validates("store")
    def _store_url(self, value: str | None, **kwargs: Any) -> None:
        if value is not None and "://" not in value:
            raise ValidationError('write a database URL, such as "sqlite:////srv/office/pain.sqlite3".')


NAMES = tuple(f"{PREFIX}{name.upper()}" for name in _SettingsSchema().fields)


def read_settings(config: Mapping[str, Any]) -> Settings:
    """The settings in a Flask configuration.

    Raises SettingsError with one sentence for each setting that cannot work; no value is repeated in it.
    """
    given = {key: value for key, value in config.items() if key.startswith(PREFIX)}
    _refuse_unknown(given)
    try:
        loaded = _SettingsSchema().load({key.removeprefix(PREFIX).lower(): given[key] for key in given})
    except ValidationError as error:
        raise SettingsError(" ".join(_sentences(error.messages))) from None
    if wrong := conflicts(loaded) or cookie_conflict(loaded, config):
        raise SettingsError(wrong)
    return Settings(**{**loaded, "office": _printable(loaded["office"])})


def _printable(office: Mapping[str, Any]) -> dict[str, Any]:
    """The office as it can be printed, its logo decoded once and for all."""
    try:
        read_next_visit(office)
        logo = read_office(office).logo
    except WordingError as error:
        where = error.where.replace("office.", f"{PREFIX}OFFICE['") + "']" if error.where else f"{PREFIX}OFFICE"
        raise SettingsError(f"{where}: {error.what} {error.mend}") from None
    return {**office, "logo": logo.png if logo else None}


def _refuse_unknown(given: Mapping[str, Any]) -> None:
    for key in given:
        if key not in NAMES:
            known = [name.removeprefix(PREFIX) for name in NAMES]
            near = difflib.get_close_matches(key.removeprefix(PREFIX), known, n=1)
            advice = f"did you mean {PREFIX}{near[0]}?" if near else f"the settings are {', '.join(NAMES)}."
            raise SettingsError(f"{key}: there is no such setting; {advice}")


def _sentences(messages: Any, where: str = "") -> list[str]:
    if isinstance(messages, Mapping):
        found = []
        for key, inner in messages.items():
            name = f"{where}['{key}']" if where else f"{PREFIX}{str(key).upper()}"
            name = where if key == SCHEMA else name  # the dictionary as a whole
            found += _sentences(inner, name)
        return found
    return [f"{where}: {_own_words(str(message))}" for message in messages]


def _own_words(message: str) -> str:
    """marshmallow's own messages say what is wrong; ours say what to write."""
    known = {
        "Not a valid string.": "write text in quotes.",
        "Not a valid integer.": "write a whole number, without quotes.",
        "Invalid input type.": f"write a dictionary with the keys {', '.join(OFFICE_KEYS)}.",
        "Unknown field.": f"this key is not known; the keys are {', '.join(OFFICE_KEYS)}.",
        "Missing data for required field.": "this key is missing.",
    }
    return known.get(message, message)
