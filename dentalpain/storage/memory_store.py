"""A store that forgets everything when the process ends: for tests, examples and demonstrations."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Sequence
from typing import Any

from ..errors import NotStoredError, StoreError
from . import chain
from .answer_rows import answer_of, answer_row, counted, first_moment, is_silent
from .chain import Seal, Tip
from .dossier import dossier, moved_into
from .memory_forms import MemoryForms
from .memory_mutes import MemoryMutes
from .port import (
    FEEDBACK,
    RETENTION_YEARS,
    AuditEntry,
    DecisionCount,
    FiledAssessment,
    KeptAnswer,
    LinkedEntry,
    Override,
    ShownCount,
    Signature,
    StoredAssessment,
)
from .rows import (
    Row,
    assessment_of,
    assessment_row,
    audit_row,
    checked_limit,
    checked_text,
    filed,
    linked_entry,
    new_id,
    override_entry,
    override_of,
    override_row,
    saving_entry,
    signature_of,
    signature_row,
    signing_entry,
    start_of_retention,
    utc_day,
    utc_text,
)
from .shown import REVIEWING, shown_counts


class MemoryStore(MemoryMutes, MemoryForms):
    """An AssessmentStore in memory; may be shared by threads. Keeps the same rows as the SQL store, as text."""

    def __init__(self, tenant: str = "default") -> None:
        self._tenant = checked_text("The tenant", tenant)
        self._lock = threading.RLock()
        self._assessments: dict[str, Row] = {}
        self._signatures: list[Row] = []
        self._overrides: list[Row] = []
        self._mutes: list[Row] = []
        self._forms: list[Row] = []
        self._audit: list[Row] = []
        self._seals: list[Seal] = []
        self._moves: list[Row] = []
        self._cards: dict[str, str] = {}
        self._answers: dict[str, Row] = {}
        self._tokens: dict[str, str] = {}

    @property
    def tenant(self) -> str:
        """The office that this store belongs to."""
        return self._tenant

    def save(self, assessment: StoredAssessment, cards: Sequence[str] = ()) -> str:
        """Keep an assessment, its audit entry and its cards; see AssessmentStore.save."""
        assessment_id = new_id()
        row = {"id": assessment_id, **assessment_row(assessment)}
        shown = {checked_text("A card", card): assessment_id for card in cards}
        with self._lock:
            self.append(saving_entry(assessment, assessment_id))
            self._assessments[assessment_id] = row
            self._cards |= shown
        return assessment_id

    def assessment_of_card(self, card: str) -> str | None:
        """The id of the last assessment that was saved with this card, or None."""
        return self._cards.get(card)

    def find(self, assessment_id: str) -> StoredAssessment:
        """The assessment with this id. Raises NotStoredError."""
        return assessment_of(self._row(assessment_id))

    def for_patient(
        self, patient_ref: str, limit: int = 20, before: str | None = None, kind: str | None = None
    ) -> tuple[FiledAssessment, ...]:
        """The patient's assessments, the last saved first; see AssessmentStore.for_patient."""
        rows = self._of_patient(patient_ref)
        if before is not None:
            ids = [row["id"] for row in rows]
            if before not in ids:
                raise NotStoredError("This patient has no assessment with the id from which the list should go on.")
            rows = rows[ids.index(before) + 1 :]
        wanted = [row for row in rows if kind in (None, row["kind"])]
        return tuple(filed(row) for row in wanted[: checked_limit(limit)])

    def latest(self, patient_ref: str, kind: str | None = None) -> FiledAssessment | None:
        """The patient's last saved assessment, or None; see AssessmentStore.latest."""
        rows = (row for row in self._of_patient(patient_ref) if kind in (None, row["kind"]))
        return next((filed(row) for row in rows), None)

    def sign(self, signature: Signature, at: dt.datetime, actor: str | None = None) -> None:
        """Add a signature and its audit entry; see AssessmentStore.sign."""
        row = signature_row(signature)
        with self._lock:
            self.append(signing_entry(signature, at, actor))
            self._signatures.append(row)

    def signatures(self) -> tuple[Signature, ...]:
        """All signatures in the order of signing."""
        return tuple(signature_of(row) for row in self._signatures)

    def override(self, override: Override) -> None:
        """Keep a decision against a flag and its audit entry. Raises NotStoredError."""
        row = override_row(override)
        with self._lock:
            self.append(override_entry(override, self._row(override.assessment)["patient_ref"]))
            self._overrides.append(row)

    def overrides(self, assessment_id: str) -> tuple[Override, ...]:
        """The decisions against flags of this assessment, in the order of arrival."""
        return tuple(override_of(row) for row in self._overrides if row["assessment_id"] == assessment_id)

    def decision_counts(self, since: dt.date, before: dt.date) -> tuple[DecisionCount, ...]:
        """How flags were decided on, by rule and reason; see AssessmentStore.decision_counts."""
        first, end = first_moment(since), first_moment(before)
        decided = [row for row in self._overrides if first <= row["overridden_at"] < end]
        told = [row for row in self._audit if row["action"] == FEEDBACK and first <= row["at"] < end]
        return counted(
            [(row["rule"], row["reason_code"], is_silent(row["reason_text"]), 1) for row in decided],
            [(row["result"], 1) for row in told],
        )

    def shown_counts(self, since: dt.date, before: dt.date) -> tuple[ShownCount, ...]:
        """How often each rule spoke; see AssessmentStore.shown_counts."""
        first, end = first_moment(since), first_moment(before)
        with self._lock:
            kept = [
                row for row in self._assessments.values() if row["kind"] in REVIEWING and first <= row["saved_at"] < end
            ]
            return shown_counts(kept, [(row["assessment_id"], row["rule"]) for row in self._overrides])

    def claim(self, wanted: KeptAnswer, at: dt.datetime) -> KeptAnswer | None:
        """Begin a request under its key, or what is held under it; see AssessmentStore.claim."""
        row, now = answer_row(wanted), utc_text("The time", at)
        with self._lock:
            self._answers = {key: held for key, held in self._answers.items() if held["until"] > now}
            held = self._answers.setdefault(wanted.key, row)
            return None if held is row else answer_of(held)

    def keep_answer(self, answer: KeptAnswer) -> None:
        """Put an answer in the place of what is held under its key."""
        with self._lock:
            self._answers[answer.key] = answer_row(answer)

    def release(self, key: str) -> None:
        """Forget what is held under a key."""
        with self._lock:
            self._answers.pop(key, None)

    def use_once(self, token: str, until: dt.datetime, at: dt.datetime) -> bool:
        """Whether a token is used for the first time; it is remembered until then."""
        end, now = utc_text("The end of a token", until), utc_text("The time", at)
        with self._lock:
            self._tokens = {name: held for name, held in self._tokens.items() if held > now}
            return self._tokens.setdefault(checked_text("The token", token), end) is end

    def append(self, entry: AuditEntry) -> None:
        """Add an entry to the end of the audit trail."""
        row = audit_row(entry, self._tenant)
        with self._lock:
            self._audit.append(chain.linked(row, self.tip()))

    def trail(self, after: int = 0, limit: int = 100) -> tuple[LinkedEntry, ...]:
        """The audit entries behind a number, oldest first; see AssessmentStore.trail."""
        return tuple(linked_entry(row) for row in self._behind(after)[: checked_limit(limit)])

    def verify(self, tip: Tip | None = None) -> int | None:
        """The number of the first audit row that is not as it was written, or None."""
        with self._lock:
            return chain.first_broken(self._audit, tip, self._seals)

    def tip(self) -> Tip:
        """The last link of the audit trail."""
        return Tip(self._audit[-1]["number"], self._audit[-1]["row_hash"]) if self._audit else chain.EMPTY

    def prune(self, before: dt.date, who: str, at: dt.datetime, keep_years: int = RETENTION_YEARS) -> Seal | None:
        """Replace the audit rows before a day by one seal; see AssessmentStore.prune."""
        cutoff = start_of_retention(before, at, keep_years)
        with self._lock:
            if (broken := self.verify()) is not None:
                raise StoreError(
                    f"The audit trail is not as it was written, from entry {broken} on. Nothing was pruned."
                )
            count = next((n for n, row in enumerate(self._audit) if row["at"] >= cutoff), len(self._audit))
            if not count:
                return None
            seal = chain.seal_over(self._audit[0], self._audit[count - 1], utc_day(at))
            self.append(AuditEntry(who, chain.PRUNE, at, chain.sealing([*self._seals, seal])))
            self._seals.append(seal)
            del self._audit[:count]
            return seal

    def export_patient(self, patient_ref: str, who: str, at: dt.datetime) -> dict[str, Any]:
        """All that is stored about a patient; see AssessmentStore.export_patient."""
        with self._lock:
            refs = moved_into(checked_text("The patient reference", patient_ref), self._moves)
            found = self._of_patient(patient_ref)[::-1]
            held = dossier(
                self._tenant,
                refs,
                at,
                assessments=found,
                overrides=self._overrides,
                cards=[{"card": card, "assessment_id": owner} for card, owner in sorted(self._cards.items())],
                mutes=[row for row in self._mutes if row["patient_ref"] == patient_ref],
                forms=[row for row in self._forms if row["patient_ref"] == patient_ref],
                answers=[row for row in self._answers.values() if row["patient_ref"] in refs],
                audit=[row for row in self._audit if row["patient_ref"] in refs],
            )
            if not held["assessments"] and not held["audit"]:
                raise NotStoredError("Nothing is stored about this patient.")
            self.append(AuditEntry(who, "export", at, "done", patient_ref))
            return held

    def delete_patient(self, patient_ref: str, who: str, at: dt.datetime) -> int:
        """Remove a patient's assessments and decisions; see AssessmentStore.delete_patient."""
        with self._lock:
            ids = {row["id"] for row in self._of_patient(checked_text("The patient reference", patient_ref))}
            if not ids and all(row["patient_ref"] != patient_ref for row in self._forms):
                raise NotStoredError("No assessment of this patient is stored.")
            self.append(AuditEntry(who, "delete", at, "done", patient_ref))
            self._overrides = [row for row in self._overrides if row["assessment_id"] not in ids]
            self._assessments = {name: row for name, row in self._assessments.items() if name not in ids}
            self._cards = {card: owner for card, owner in self._cards.items() if owner not in ids}
            self._mutes = [row for row in self._mutes if row["patient_ref"] != patient_ref]
            self._forms = [row for row in self._forms if row["patient_ref"] != patient_ref]
            self._forget(patient_ref)
            return len(ids)

    def move_patient(self, old_ref: str, new_ref: str, who: str, at: dt.datetime) -> int:
        """Give a patient's assessments to another reference; see AssessmentStore.move_patient."""
        with self._lock:
            found = self._of_patient(checked_text("The old reference", old_ref))
            if checked_text("The new reference", new_ref) == old_ref:
                raise StoreError("The new reference is the old one.")
            if not found and all(row["patient_ref"] != old_ref for row in self._audit):
                raise NotStoredError("Nothing is stored under the old reference.")
            for ref in (old_ref, new_ref):
                self.append(AuditEntry(who, "move", at, "done", ref))
            self._forget(old_ref, new_ref)  # they name the old reference
            self._moves.append({"old_ref": old_ref, "new_ref": new_ref})
            for row in (*found, *(row for row in (*self._mutes, *self._forms) if row["patient_ref"] == old_ref)):
                row["patient_ref"] = new_ref
            return len(found)

    def _forget(self, *refs: str) -> None:
        self._answers = {key: row for key, row in self._answers.items() if row["patient_ref"] not in refs}

    def _behind(self, number: int) -> list[Row]:
        return [row for row in list(self._audit) if row["number"] > number]

    def _row(self, assessment_id: str) -> Row:
        if assessment_id not in self._assessments:
            raise NotStoredError("No assessment with this id is stored for this office.")
        return self._assessments[assessment_id]

    def _of_patient(self, patient_ref: str) -> list[Row]:
        with self._lock:
            return [row for row in reversed(self._assessments.values()) if row["patient_ref"] == patient_ref]
