"""When a muscle relaxant would harm: heart, thyroid, serotonin, age, liver, kidneys, sedation, addiction.

Sources: US labels; Beers 2023; FDA 2016 (opioids and sedatives). Cyclobenzaprine is built and acts like a tricyclic.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...alcohol import active_alcohol_use_disorder, drinks_per_day
from ...case import Case, Limits, RuleFunction, proved_by
from ...findings import Because, Finding, all_of, any_of, no, unknown, yes
from ...glaucoma import narrow_angle_glaucoma
from ...heart import heart_attack_in_the_last_year
from ...liver import advanced_liver_disease
from ...medicines import LOCAL_FORMS
from ..any_medicine.maoi import maoi_now_or_lately
from ..any_medicine.serotonin import serotonergic_company
from ..opioids.addiction_treatment import on_addiction_treatment


def cyclobenzaprine_with_maoi(case: Case, limits: Limits) -> Finding:
    """An MAO inhibitor is taken, or was stopped less than two weeks ago."""
    return maoi_now_or_lately(case, limits)


def cyclobenzaprine_with_heart_disease(case: Case, limits: Limits) -> Finding:
    """The heart beats out of rhythm, conducts badly, fails, or had an attack within the last year."""
    return any_of(
        *(case.has(fact) for fact in ("arrhythmia", "conduction_disorder", "av_block")),
        proved_by(case.has("heart_failure"), case.has("heart_failure_decompensated")),
        heart_attack_in_the_last_year(case),
    )


def cyclobenzaprine_with_overactive_thyroid(case: Case, limits: Limits) -> Finding:
    """The thyroid is overactive."""
    return case.has("hyperthyroidism")


def muscle_relaxant_for_an_older_person(case: Case, limits: Limits) -> Finding:
    """The patient is of an age at which these muscle relaxants do more harm than good."""
    return case.age().at_least(limits["beers_age"])


def cyclobenzaprine_with_serotonergic_medicine(case: Case, limits: Limits) -> Finding:
    """The patient takes a medicine that the label names for serotonin syndrome; MAO inhibitors have their own rule."""
    return serotonergic_company(case, "snri", "tca", "bupropion", "verapamil")


def anticholinergic_with_glaucoma_or_retention(case: Case, limits: Limits) -> Finding:
    """The chamber angle of the eye is narrow, or the bladder does not empty."""
    return any_of(narrow_angle_glaucoma(case), case.has("urinary_retention"))


def cyclobenzaprine_with_weak_liver(case: Case, limits: Limits) -> Finding:
    """The liver fails, or is scarred with complications or in Child-Pugh class B or C."""
    return advanced_liver_disease(case)


def qt_risk_with_tricyclic_structure(case: Case, limits: Limits) -> Finding:
    """The QT interval is long, or a medicine that lengthens it is taken."""
    return any_of(case.has("qt_prolongation"), case.has("qt_drug"))


def tizanidine_with_cyp1a2_inhibitor(case: Case, limits: Limits) -> Finding:
    """The patient takes fluvoxamine or ciprofloxacin, which raise tizanidine many times over."""
    return case.has("cyp1a2_inhibitor_strong")


def baclofen_with_failing_kidneys(case: Case, limits: Limits) -> Finding:
    """The kidneys are so weak that baclofen stays in the body, or the patient is on dialysis."""
    return case.kidney_function().below(limits["egfr_baclofen_avoid"])


def baclofen_with_reduced_kidney_function(case: Case, limits: Limits) -> Finding:
    """The kidneys are weak enough that less baclofen is needed."""
    return case.kidney_function().from_to_below(limits["egfr_baclofen_avoid"], limits["egfr_baclofen_reduce"])


def baclofen_is_tapered(case: Case, limits: Limits) -> Finding:
    """Baclofen that reaches the whole body, which is never stopped at once."""
    judged = case.judged.prescription
    form = "" if judged is None else judged.form
    because = Because("proposed_medicine", "baclofen", "prescription", case.on)
    return no(because) if form in LOCAL_FORMS else yes(because)


def carisoprodol_with_addiction_or_sedatives(case: Case, limits: Limits) -> Finding:
    """The patient has or had an addiction, or takes an opioid or a benzodiazepine."""
    addiction = any_of(case.has("opioid_use_disorder"), case.has("substance_use_disorder_other"))
    return any_of(
        proved_by(addiction, case.has("alcohol_use_disorder"), on_addiction_treatment(case)),
        case.has("opioid_active"),
        case.has("benzodiazepine"),
    )


def muscle_relaxant_with_sedatives_or_alcohol(case: Case, limits: Limits) -> Finding:
    """An opioid, a tranquilizer, a sleeping pill or a barbiturate is taken, or much alcohol."""
    sedatives = ("opioid_active", "benzodiazepine", "z_drug", "barbiturate", "orexin_antagonist")
    return any_of(
        *(case.has(fact) for fact in sedatives),
        active_alcohol_use_disorder(case),
        drinks_per_day(case, limits["alcohol_heavy"]).at_least(limits["alcohol_heavy"]),
    )


def muscle_relaxant_against_its_label(case: Case, limits: Limits) -> Finding:
    """A condition that the label of this muscle relaxant excludes."""
    return any_of(*(asked(case, limits) for name, asked in BY_MEDICINE.items() if name in case.judged.tags))


def _scarred_or_failing(case: Case) -> Finding:
    graded = case.is_one_of("child_pugh_class", "A", "B", "C")
    scarred = proved_by(case.has("cirrhosis"), case.has("cirrhosis_decompensated"), graded)
    return any_of(scarred, case.has("liver_failure"), case.has("acute_hepatitis"))


def _metaxalone(case: Case, limits: Limits) -> Finding:
    """Badly working liver or kidneys; a lasting liver disease has to be asked about; G6PD points to hemolysis."""
    lasting = all_of(case.has("chronic_liver_disease"), unknown(Because("cirrhosis", None)))
    asked = () if case.facts.stated("cirrhosis") else (lasting,)
    weak = any_of(_scarred_or_failing(case), *asked, case.kidney_function().below(limits["egfr_metaxalone"]))
    return proved_by(weak, case.has("g6pd_deficiency"))


def _chlorzoxazone(case: Case, limits: Limits) -> Finding:
    return any_of(_scarred_or_failing(case), case.has("chronic_liver_disease"))


def _orphenadrine(case: Case, limits: Limits) -> Finding:
    blocked = ("myasthenia_or_lambert_eaton", "gi_obstruction", "urinary_retention")
    glaucoma = proved_by(narrow_angle_glaucoma(case), case.has("glaucoma_unspecified"))
    return any_of(glaucoma, *(case.has(fact) for fact in blocked))


BY_MEDICINE: Mapping[str, RuleFunction] = {
    "metaxalone": _metaxalone,
    "chlorzoxazone": _chlorzoxazone,
    "orphenadrine": _orphenadrine,
}
