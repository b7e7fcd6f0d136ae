"""What can go wrong, drawn as one tree.

DentalPainError
├── InputError            somebody's input cannot be used: says what, where, and how to mend it
│   ├── RecordError           a patient record (FHIR Bundle or native record)
│   ├── AnswersError          answers to a questionnaire, or findings of an examination
│   ├── UnknownNameError      an option, rule, fact, indication or language that does not exist
│   └── WordingError          user text that cannot be printed as it stands
├── KnowledgeError        a knowledge file is wrong: names file, place and mend
│   └── NoValueOnDayError     a limit was asked for on a day when it had no value
├── SettingsError         the host's settings cannot work: says which and what to write instead
├── PracticeError         the practice software does not answer, or refuses what was asked
│   ├── NotAnsweredError      one question to a FHIR server was not answered
│   └── SignInError           the record system did not say who signed in, or granted nothing, or no longer does
├── AccessDenied          the host did not grant this person this patient
├── StoreError            the assessment store cannot do what was asked
│   ├── NoStoreError          a store is needed and none was named
│   └── NotStoredError        no assessment has this id
└── UndecidedError        a three-valued answer was used as if it were yes or no
"""

from __future__ import annotations


class DentalPainError(Exception):
    """Any error that dentalpain raises on purpose."""


class InputError(DentalPainError):
    """An input that cannot be used.

    `where` is a file name, a JSON pointer or a line; `mend` says what to do. Neither may hold a value
    of the patient: both are printed and logged.
    """

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what, self.where, self.mend = what, where, mend
        place = f"{where}: " if where else ""
        advice = f" {mend}" if mend else ""
        super().__init__(f"{place}{what}{advice}")


class RecordError(InputError):
    """A patient record that cannot be read."""


class AnswersError(InputError):
    """Answers or findings that cannot be read."""


class UnknownNameError(InputError):
    """A name that the knowledge does not hold."""


class WordingError(InputError):
    """Text that cannot be printed as it stands."""


class KnowledgeError(DentalPainError):
    """A knowledge file that breaks its schema or names something that does not exist."""


class NoValueOnDayError(KnowledgeError):
    """A limit has no value on the day that was asked for."""


class SettingsError(DentalPainError):
    """A setting of the host that cannot work."""


class PracticeError(DentalPainError):
    """The practice software does not answer, or refuses; the message repeats nothing that it holds."""


class NotAnsweredError(PracticeError):
    """One question to a FHIR server was not answered; `reason` is a key of `fhir.unread.REASONS`."""

    def __init__(self, message: str, *, reason: str, status: int = 0) -> None:
        self.reason, self.status = reason, status
        super().__init__(message)


class SignInError(PracticeError):
    """A sign-in through the record system that failed or has run out; no value of it is repeated."""


class AccessDenied(DentalPainError):
    """The host did not grant access."""


class StoreError(DentalPainError):
    """The assessment store cannot do what was asked."""


class NoStoreError(StoreError):
    """A store is needed and none was named."""


class NotStoredError(StoreError):
    """No assessment has this id."""


class UndecidedError(DentalPainError, TypeError):
    """A three-valued answer was used as if it were yes or no."""
