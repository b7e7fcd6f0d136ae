"""The charts of an office as offices keep them; the day is 24 November 2026. Every name is invented."""

from __future__ import annotations

from typing import Any

NEVER, LONG_AGO = "0001-01-01", "0001-01-01 00:00:00"
YESTERDAY = "2026-11-23 10:00:00"
DELIA, NONE_AT_ALL, BLANK, MERGED, DELETED, OTHERS, DIED, LEFTOVERS, CHANGED = range(101, 110)
DATABASE_SSN = "900-55-0199"  # an area number that was never given out

# MedicationNum, MedName, GenericNum, RxCui
MEDICATION = [
    (1, "Warfarin Sodium", 1, 11289),
    (2, "Coumadin", 1, 0),
    (3, "Other", 3, 0),
    (4, "No meds", 4, 0),
    (5, "Zestril", 6, 0),
    (6, "lisinopril", 6, 0),
    (7, "Alprazolam 0.5 mg", 7, 0),
]
# AllergyDefNum, Description, SnomedType, MedicationNum
ALLERGYDEF = [
    (1, "NKDA", 0, 0),
    (2, "None", 0, 0),
    (3, "Other", 0, 0),
    (4, "Penicillin", 2, 0),
    (5, "Codeine", 3, 0),
    (6, "Kiwi", 4, 0),
]
# DiseaseDefNum, DiseaseName, SnomedCode, Icd10Code
DISEASEDEF = [
    (1, "Atrial fibrillation", "", "I48.91"),
    (2, "None", "", ""),
    (3, "Other", "", ""),
    (4, "Kidney problems", "", ""),
    (5, "High Blood Pressure", "", ""),
    (6, "Stomach ulcer", "", ""),
]
PROCEDURECODE = [(1, "D7140"), (2, "D1110"), (3, "D0220")]


def patient(number: int, last: str, first: str, status: int = 0, **more: Any) -> dict[str, Any]:
    row = {
        "PatNum": number, "LName": last, "FName": first, "PatStatus": status, "Gender": 1, "Birthdate": "1951-06-02",
        "SSN": DATABASE_SSN, "ImageFolder": f"{last}{first}{number}", "MedUrgNote": "", "DateTimeDeceased": LONG_AGO,
        "DateTStamp": YESTERDAY,
    }  # fmt: skip
    return {**row, **more}


PATIENT = [
    patient(DELIA, "Marsh", "Delia"),
    patient(NONE_AT_ALL, "Ochoa", "Pilar", Gender=0, Birthdate="1990-01-15"),
    patient(BLANK, "Quist", "Ansel", Gender=2, Birthdate=NEVER, ImageFolder=""),
    patient(MERGED, "Marsh", "Dee", 3),
    patient(DELETED, "Nobody", "Ned", 4),
    patient(OTHERS, "Ferro", "Uma", MedUrgNote="On blood thinner??\nCall Dr."),
    patient(DIED, "Vance", "Otto", 5, Gender=0),
    patient(LEFTOVERS, "Ibarra", "Tess"),
    patient(CHANGED, "Nuñez", "Zoë", Gender=3),
]


def taken(patient: int, medication: int, note: str = "", **more: Any) -> dict[str, Any]:
    row = {
        "PatNum": patient, "MedicationNum": medication, "PatNote": note, "DateTStamp": YESTERDAY, "DateStart": NEVER,
        "DateStop": NEVER, "MedDescript": "", "RxCui": 0,
    }  # fmt: skip
    return {**row, **more}


MEDICATIONPAT = [
    taken(DELIA, 2, "5 mg daily", DateStart="2019-03-01"),
    taken(DELIA, 5),
    taken(DELIA, 7, "1 tab at bedtime", DateStop="2020-01-31"),
    taken(NONE_AT_ALL, 4),
    taken(OTHERS, 0, MedDescript="Eliquis 5 mg tablet"),
    taken(OTHERS, 3, "Zolbradine from Mexico"),
    taken(OTHERS, 3, MedDescript="gabapentin 300 mg capsule", RxCui=25480),
    taken(LEFTOVERS, 4, DateStop="2024-05-01"),
    taken(CHANGED, 7, DateStop="2026-11-24"),
    taken(CHANGED, 2, DateStop="2026-11-23"),
]


def allergic(patient: int, definition: int, reaction: str = "", active: int = 1, **more: Any) -> dict[str, Any]:
    row = {
        "PatNum": patient, "AllergyDefNum": definition, "Reaction": reaction, "StatusIsActive": active,
        "DateTStamp": YESTERDAY, "DateAdverseReaction": NEVER,
    }  # fmt: skip
    return {**row, **more}


ALLERGY = [
    allergic(DELIA, 1),
    allergic(NONE_AT_ALL, 2),
    allergic(OTHERS, 3, "Motrin - hives"),
    allergic(OTHERS, 3, "Blue paper tape"),
    allergic(OTHERS, 5),
    allergic(OTHERS, 6, "mouth itches"),
    allergic(LEFTOVERS, 1, active=0),
    allergic(LEFTOVERS, 5, "nausea"),
    allergic(CHANGED, 4, "rash", DateTStamp="2026-11-25 02:10:00"),
]


def ill(patient: int, definition: int, note: str = "", status: int = 0, **more: Any) -> dict[str, Any]:
    row = {
        "PatNum": patient, "DiseaseDefNum": definition, "PatNote": note, "DateTStamp": YESTERDAY,
        "ProbStatus": status, "DateStart": NEVER, "DateStop": NEVER,
    }  # fmt: skip
    return {**row, **more}


DISEASE = [
    ill(DELIA, 1),
    ill(DELIA, 5, "since 2009"),
    ill(NONE_AT_ALL, 2),
    ill(OTHERS, 3, "Sleep apnea"),
    ill(OTHERS, 3, "frobnitz syndrome of the elbow"),
    ill(OTHERS, 3),
    ill(LEFTOVERS, 2, status=1),
    ill(LEFTOVERS, 6, status=1, DateStart="2012-04-01", DateStop="2013-01-01"),
    ill(LEFTOVERS, 5, DateStop="2020-01-01"),
    ill(LEFTOVERS, 4, "CKD stage 4"),
]


def written(patient: int, day: str, drug: str, sig: str = "", disp: str = "", **more: Any) -> dict[str, Any]:
    row = {
        "PatNum": patient, "RxDate": day, "Drug": drug, "Sig": sig, "Disp": disp, "Refills": "0", "DaysOfSupply": 0,
        "RxType": 0,
    }  # fmt: skip
    return {**row, **more}


RXPAT = [
    written(DELIA, "2026-10-20", "BambooAccess", RxType=2),
    written(DELIA, "2026-11-02", "LogicoyAccess", RxType=1),
    written(DELIA, "2014-02-01", "Vicodin 5/500", "1 tab q6h prn pain", "#20"),
    written(LEFTOVERS, "2026-11-22", "Norco 5/325", "1 tab q6h prn pain", "20 (twenty)"),
    written(LEFTOVERS, "2026-06-01", "Amoxicillin 500 mg", "1 cap tid", "21", Refills="", DaysOfSupply=7),
    written(LEFTOVERS, "2026-10-01", "Clonazepam 0.5 mg", "1 tab at bedtime", "QS", Refills="PRN", DaysOfSupply=90),
]

# AptNum, PatNum, AptStatus, AptDateTime, ClinicNum
APPOINTMENT = [
    (1, DELIA, 1, "2026-11-24 10:30:00", 1),
    (2, NONE_AT_ALL, 1, "2026-11-24 08:00:00", 2),
    (3, BLANK, 2, "2026-11-24 23:50:00", 1),
    (4, OTHERS, 5, "2026-11-24 09:00:00", 1),  # broken
    (5, OTHERS, 6, "2026-11-24 09:00:00", 1),  # planned
    (6, OTHERS, 7, "2026-11-24 09:00:00", 1),  # a note, no visit
    (7, OTHERS, 3, LONG_AGO, 1),  # on the unscheduled list
    (8, DELETED, 1, "2026-11-24 11:00:00", 1),
    (9, MERGED, 1, "2026-11-24 12:00:00", 1),
    (10, LEFTOVERS, 1, "2026-11-25 00:00:00", 1),
]
# PatNum, AptNum, ProcDate, ProcStatus, CodeNum
PROCEDURELOG = [
    (DELIA, 1, "2026-11-24", 1, 1),
    (DELIA, 1, "2026-11-24", 1, 3),
    (DELIA, 0, "2026-11-24", 1, 2),  # only planned today
    (NONE_AT_ALL, 2, "2026-11-24", 2, 2),
    (NONE_AT_ALL, 2, "2026-11-24", 6, 1),  # deleted
]


def named(columns: str, rows: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    return [dict(zip(columns.split(), row, strict=True)) for row in rows]


TABLES: dict[str, list[dict[str, Any]]] = {
    "patient": PATIENT,
    "medication": named("MedicationNum MedName GenericNum RxCui", MEDICATION),
    "medicationpat": MEDICATIONPAT,
    "allergydef": named("AllergyDefNum Description SnomedType MedicationNum", ALLERGYDEF),
    "allergy": ALLERGY,
    "diseasedef": named("DiseaseDefNum DiseaseName SnomedCode Icd10Code", DISEASEDEF),
    "disease": DISEASE,
    "rxpat": RXPAT,
    "procedurecode": named("CodeNum ProcCode", PROCEDURECODE),
    "appointment": named("AptNum PatNum AptStatus AptDateTime ClinicNum", APPOINTMENT),
    "procedurelog": named("PatNum AptNum ProcDate ProcStatus CodeNum", PROCEDURELOG),
}
