"""When an anesthetic on the gums would harm: blood that cannot carry oxygen, small children, an ester allergy.

Sources: FDA communications of 23 May 2018 (benzocaine) and 26 June 2014 (viscous lidocaine); labels.
"""

from __future__ import annotations

from ...allergies import allergic_to
from ...case import Case, Limits
from ...findings import Because, Finding, any_of, no, yes
from ..prescription import Prescription
from .anesthetic_tags import is_viscous


def benzocaine_for_a_small_child(case: Case, limits: Limits) -> Finding:
    """The child is so young that benzocaine may turn the blood unable to carry oxygen."""
    return case.age().below(limits["benzocaine_min_age"])


def anesthetic_with_methemoglobinemia(case: Case, limits: Limits) -> Finding:
    """The patient lacks G6PD, or had too much methemoglobin in the blood before."""
    return any_of(case.has("g6pd_deficiency"), case.has("methaemoglobinaemia_history"))


def ester_anesthetic_allergy(case: Case, limits: Limits) -> Finding:
    """The patient reacted to an ester anesthetic or to PABA as to an allergen."""
    return allergic_to(case, "ester_local_anaesthetic_allergy", "local_anaesthetic_ester", "procaine")


def viscous_lidocaine_for_a_small_child(case: Case, limits: Limits) -> Finding:
    """Thick lidocaine for a child who may swallow it, or any lidocaine against teething."""
    judged = case.judged.prescription or Prescription(case.judged.name)
    if "teething" in judged.text.casefold():
        return yes(Because("indication", "teething", "prescription", case.on))
    if not is_viscous(judged):
        return no(Because("viscous_lidocaine", False, "prescription", case.on))
    return case.age().below(limits["viscous_lidocaine_min_age"])
