"""knowledge install and uninstall: an official questionnaire of the practice in place of our own words."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from ..errors import InputError, RecordError
from .opening import host_service, packs_option, today
from .printing import Sheet

MAP_HELP = "A JSON object: our keys, and the linkIds of the form; where it asks one item in parts, an object with each linkId."
AFTER = "A running app reads it when it starts again. Every assessment from then on carries another digest."


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--as", "instrument", metavar="INSTRUMENT", help="Which questionnaire it is, where the file does not say.")
@click.option("--map", "link_ids", metavar="MAP", help=MAP_HELP)
@packs_option
def install(file: str, instrument: str | None, link_ids: str | None, packs: str | None) -> None:
    """Install an official questionnaire: a FHIR R4 Questionnaire with its licence, version and source.

    Its words, translations and item codes are used from then on. One that does not fit is refused.
    """
    from ..fhir.json_input import load_json
    from ..fhir.official_forms import fitted
    from ..knowledge.packs import write_pack
    from ..knowledge.screening_tables import load_screening

    folder, path = packs_folder(packs), Path(file)
    resource = load_json(path)
    instruments = load_screening().instruments
    held = instruments[_instrument(instrument, resource, instruments, path.name)]
    mapped = None if link_ids is None else _link_ids(load_json(Path(link_ids)), Path(link_ids).name)
    try:
        pack = fitted(resource, held, mapped)
    except RecordError as error:
        in_map = link_ids and error.where.strip("/").partition("/")[0] in {*(mapped or ()), *(item.key for item in held.items)}
        named = Path(link_ids).name if link_ids and in_map else path.name
        raise InputError(error.what, where=f"{named} {error.where}".strip(), mend=error.mend) from error
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    kept = write_pack(folder, {**pack, "sha256": sha256, "installed_on": today()})
    told = Sheet()
    told.line(f"{held.id} is asked in the official wording from now on: {pack['title']}, version {pack['version']}.")
    told.line(f"Licence, as the form states it: {pack['copyright']}")
    told.line(f"Kept in {kept}. {AFTER}")
    told.write()


@click.command()
@click.argument("instrument", metavar="INSTRUMENT")
@packs_option
def uninstall(instrument: str, packs: str | None) -> None:
    """Take an official questionnaire out again: our own words are used from then on."""
    from ..knowledge.packs import remove_pack

    remove_pack(packs_folder(packs), instrument)
    told = Sheet()
    told.line(f"{instrument} is asked in our own words again. {AFTER}")
    told.write()


def packs_folder(named: str | None) -> Path:
    """The folder of packs: the one that is named, else that of the host. Raises InputError where there is neither."""
    found = named_packs(named)
    if found is None:
        raise InputError(
            "There is no folder for official forms.", where="--packs", mend="Name one with --packs or DENTALPAIN_PACKS."
        )
    return found


def named_packs(named: str | None) -> Path | None:
    """The folder of packs that is named, else that of the host, if any."""
    if named:
        return Path(named)
    host = host_service()
    return None if host is None else host.knowledge.packs


def _instrument(named: str | None, resource: Mapping[str, Any], instruments: Mapping[str, Any], file: str) -> str:
    from ..fhir.official_forms import recognised

    found = named or recognised(dict(resource), instruments)
    if found in instruments:
        return str(found)
    what = "There is no such questionnaire." if named else "The form does not say which of our questionnaires it is."
    mend = f"Name one with --as: {', '.join(instruments)}."
    raise InputError(what, where="--as" if named else file, mend=mend)


def _link_ids(read: Mapping[str, Any], file: str) -> dict[str, str | dict[str, str]]:
    for key, said in read.items():
        parts = {f"{key}/{part}": link for part, link in said.items()} if isinstance(said, dict) else {key: said}
        for place, link in parts.items():
            if not isinstance(link, str):
                mend = "Write it in quotes, or an object with the linkId of each part."
                raise InputError("A linkId is a text.", where=f"{file} /{place}", mend=mend)
    return dict(read)
