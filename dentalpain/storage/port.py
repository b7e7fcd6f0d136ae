"""What the rest of dentalpain asks of a store, and the plain values that pass through it.

Every store shows one tenant at a time, the office named when it is made or by the host's callable, and nothing of
another. It has no clock: each time is an argument, always with its time zone, and comes back in UTC. References to
patients and people are opaque strings of the host.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from .chain import Seal, Tip
from .mute import MuteStore
from .patient_form import FormStore

KINDS = ("screen", "review", "visit", "handout", "outcomes")

# 45 CFR 164.316(b)(2)(i): documentation is kept for six years.
RETENTION_YEARS = 6

OVERRIDE_REASONS = (
    "benefit_outweighs_risk",
    "tolerated_before",
    "will_be_monitored",
    "agreed_with_physician",
    "no_suitable_alternative",
    "record_out_of_date",
)
NO_REASON = "No reason was given."  # what stands in a decision that came without one

# In the trail: what a client of CDS Hooks told about a card; its result begins with one of the two outcomes.
FEEDBACK = "cds-feedback"
ACCEPTED, OVERRIDDEN = "accepted", "overridden"


@dataclass(frozen=True, slots=True)
class StoredAssessment:
    """One assessment as it was given: enough to explain it and to run it again.

    `kind` is one of KINDS; `on` is the day that was judged, `saved_at` the moment of saving. `inputs` (facts and
    arguments) and `result` (the advice) hold what JSON can: objects, lists, text, whole numbers, exact decimals,
    true, false, null. Tuples come back as lists. `digest` is that of the knowledge which gave the advice.
    """

    kind: str
    patient_ref: str
    on: dt.date
    saved_at: dt.datetime
    actor: str
    inputs: Mapping[str, Any]
    result: Mapping[str, Any]
    package_version: str
    digest: str


@dataclass(frozen=True, slots=True)
class FiledAssessment:
    """An assessment together with the id under which it is found again."""

    id: str
    assessment: StoredAssessment


@dataclass(frozen=True, slots=True)
class Signature:
    """A licensed clinician's name under one item of the knowledge, valid while the item keeps this digest."""

    item: str
    digest: str
    who: str
    licence: str
    role: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class Override:
    """A clinician's decision against one flag: a code of OVERRIDE_REASONS, or a reason in free text, or both."""

    assessment: str
    rule: str
    actor: str
    at: dt.datetime
    reason_code: str | None = None
    reason_text: str | None = None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what with whose data, when, and how it ended ("done", "refused").

    `patient_ref` and `assessment` are None where the action concerns no patient or no assessment.
    """

    who: str
    action: str
    at: dt.datetime
    result: str
    patient_ref: str | None = None
    assessment: str | None = None


@dataclass(frozen=True, slots=True)
class LinkedEntry:
    """An audit entry in its place: its number, counted from 1, and its hash."""

    number: int
    row_hash: str
    entry: AuditEntry


@dataclass(frozen=True, slots=True)
class DecisionCount:
    """How often a flag was decided on in one way. `reason`: a code, "in_words", or None where none was given."""

    rule: str
    outcome: str
    reason: str | None
    count: int


@dataclass(frozen=True, slots=True)
class ShownCount:
    """For how many patients and days a rule spoke, and for how many of them it was decided against.

    Counted over the kept assessments: a visit that is assessed again on the same day counts once.
    """

    rule: str
    shown: int
    overridden: int


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer that is given again to the same request under the same key, until a moment.

    `request` tells one request from another. `status` None: the request is under way. `body` None with a status: the
    request kept nothing, and may be run again. A patient's answers go with the patient.
    """

    key: str
    request: str
    until: dt.datetime
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None
    patient_ref: str | None = None


class AssessmentStore(MuteStore, FormStore, Protocol):
    """The store of one office. Each operation happens wholly or not at all, and raises StoreError if not."""

    @property
    def tenant(self) -> str:
        """The office that this store belongs to."""

    def save(self, assessment: StoredAssessment, cards: Sequence[str] = ()) -> str:
        """Keep an assessment, and with it the audit entry that says so, and the uuids of the cards made from it.

        Returns an id of 22 characters, random and safe in a URL. Raises StoreError for a value that cannot be kept
        exactly.
        """

    def assessment_of_card(self, card: str) -> str | None:
        """The id of the last assessment that was saved with this card; None where there is none."""

    def find(self, assessment_id: str) -> StoredAssessment:
        """The assessment with this id. Raises NotStoredError."""

    def for_patient(
        self, patient_ref: str, limit: int = 20, before: str | None = None, kind: str | None = None
    ) -> tuple[FiledAssessment, ...]:
        """The patient's assessments of any kind or of this one, the last saved first, at most `limit` of them.

        `before` is the id of the last one already shown; the list goes on after it. Raises NotStoredError where
        the patient has no assessment with that id.
        """

    def latest(self, patient_ref: str, kind: str | None = None) -> FiledAssessment | None:
        """The patient's last saved assessment, of any kind or of this one; None where there is none."""

    def sign(self, signature: Signature, at: dt.datetime, actor: str | None = None) -> None:
        """Add a signature, and with it the audit entry of `actor`, by default the one who signs.

        Earlier ones of the same item stay as they are.
        """

    def signatures(self) -> tuple[Signature, ...]:
        """All signatures of this office in the order of signing."""

    def override(self, override: Override) -> None:
        """Keep a decision against a flag, and with it the audit entry that says so.

        The entry names the patient, not the rule. Raises NotStoredError where the assessment is not in this store.
        """

    def overrides(self, assessment_id: str) -> tuple[Override, ...]:
        """The decisions against flags of this assessment, in the order of arrival."""

    def decision_counts(self, since: dt.date, before: dt.date) -> tuple[DecisionCount, ...]:
        """How flags were decided on from one day up to another that no longer counts (in UTC), by rule and reason.

        Holds the decisions that were kept with an assessment, and what was told about cards (FEEDBACK in the trail).
        """

    def shown_counts(self, since: dt.date, before: dt.date) -> tuple[ShownCount, ...]:
        """How often each rule spoke in the assessments that were saved in these days (in UTC), muted flags left out.

        An answer to a card whose assessment was not kept is not among them: nobody can say how often it was shown.
        """

    def claim(self, wanted: KeptAnswer, at: dt.datetime) -> KeptAnswer | None:
        """Begin a request under its key: None where it may run, else what is held under the key at this moment."""

    def keep_answer(self, answer: KeptAnswer) -> None:
        """Put an answer in the place of what is held under its key."""

    def release(self, key: str) -> None:
        """Forget what is held under a key: the request has failed and kept nothing."""

    def use_once(self, token: str, until: dt.datetime, at: dt.datetime) -> bool:
        """Whether a token is used for the first time; it is remembered until then."""

    def append(self, entry: AuditEntry) -> None:
        """Add an entry to the end of the audit trail."""

    def trail(self, after: int = 0, limit: int = 100) -> tuple[LinkedEntry, ...]:
        """The audit entries behind the number `after`, oldest first, at most `limit` of them."""

    def verify(self, tip: Tip | None = None) -> int | None:
        """The number of the first audit row that is not as it was written, or None while the chain is whole.

        The seals of pruned ranges are held to the chain as well. Rows cut off from the end leave a whole chain
        behind: they are found through `tip`, an earlier answer of `tip()` that was kept outside of the store.
        """

    def tip(self) -> Tip:
        """The last link of the audit trail: its number (0 while the trail is empty) and its hash."""

    def prune(self, before: dt.date, who: str, at: dt.datetime, keep_years: int = RETENTION_YEARS) -> Seal | None:
        """Replace the audit rows before a day (in UTC) by one seal, and write the entry that says so.

        The range runs from the oldest row to the last one before the first that is younger. None where there is no
        such row. Raises StoreError for a day that is not `keep_years` past at `at`, and for a trail that is not
        whole, which stays as it is.
        """

    def export_patient(self, patient_ref: str, who: str, at: dt.datetime) -> dict[str, Any]:
        """All that is stored about a patient, as a JSON object, and the audit entry that says so.

        Members: `tenant`, `patient_ref`, `earlier_refs` (those that were moved to this one), `exported_at`,
        `assessments` (each with its `overrides` and `cards`), `mutes`, `patient_forms`, `kept_answers` and `audit`, all oldest
        first. Raises NotStoredError where there is nothing.
        """

    def delete_patient(self, patient_ref: str, who: str, at: dt.datetime) -> int:
        """Remove a patient's assessments, what hangs on them, forms and kept answers; how many assessments there were.

        The audit trail stays whole: it holds references and what was done, no answer and no advice. Raises
        NotStoredError where there is no assessment and no form.
        """

    def move_patient(self, old_ref: str, new_ref: str, who: str, at: dt.datetime) -> int:
        """Give a patient's assessments to another reference, after a merge; how many assessments there were.

        The audit trail keeps the old reference, and an export of the new one follows it. Raises NotStoredError where
        nothing is stored under the old reference.
        """
