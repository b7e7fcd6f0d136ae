"""Who works at the office, and what each of them may do with dentalpain."""

from __future__ import annotations

import hmac
from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """Somebody of the office. The passwords are for demonstration: a real office keeps none in its source."""

    id: str
    name: str
    role: str
    password: str


PEOPLE = (
    Person("dana", "Dr. Dana Reyes", "dentist", "open-wide"),
    Person("finn", "Finn Carter", "front desk", "see-you-soon"),
)

MAY = {
    "dentist": frozenset({"list", "see", "assess", "hand", "print", "file", "why", "api"}),
    "front desk": frozenset({"list", "see", "hand", "print", "why"}),
}


def sign_in(user: str, password: str) -> Person | None:
    """The person of this name and password, or None."""
    for person in PEOPLE:
        if person.id == user and hmac.compare_digest(person.password.encode(), password.encode()):
            return person
    return None


def by_id(user: str | None) -> Person | None:
    """The person who is signed in, or None."""
    return next((person for person in PEOPLE if person.id == user), None)


def may(actor: Person, action: str, patient_ref: str | None) -> bool:
    """Everybody of the office may see its patients; what they may do is a matter of their role."""
    return action in MAY[actor.role]
