"""Every statement that is sent to Open Dental: named columns, one patient or one day, along an index of the vendor.

Tables and columns as in the vendor's schema document, version 25.3; the same names hold since 22.1. The account needs
SELECT on the columns named here and no others: `grants.sql` gives exactly these, and a test compares the two.
"""

from __future__ import annotations

MOST_ROWS = 500  # of one list of one patient; a longer one is said to be incomplete

# PatStatus 3: archived, which is also what a merge leaves behind; 4: deleted.
PATIENT = """
SELECT p.PatNum, p.LName, p.FName, p.PatStatus, p.Gender, p.Birthdate, p.DateTimeDeceased, p.MedUrgNote, p.DateTStamp
FROM patient p
WHERE p.PatNum = :patient AND p.PatStatus NOT IN (3, 4)
"""

IMAGE_FOLDER = """
SELECT p.ImageFolder
FROM patient p
WHERE p.PatNum = :patient AND p.PatStatus NOT IN (3, 4)
"""

PROBLEMS = """
SELECT d.DiseaseNum, d.PatNote, d.ProbStatus, d.DateStart, d.DateStop, d.DateTStamp,
       f.DiseaseName, f.SnomedCode, f.Icd10Code
FROM disease d
LEFT JOIN diseasedef f ON f.DiseaseDefNum = d.DiseaseDefNum
WHERE d.PatNum = :patient
ORDER BY d.DiseaseNum
LIMIT :most
"""

ALLERGIES = """
SELECT a.AllergyNum, a.Reaction, a.StatusIsActive, a.DateTStamp, a.DateAdverseReaction,
       f.Description, f.SnomedType, m.MedName, m.RxCui
FROM allergy a
LEFT JOIN allergydef f ON f.AllergyDefNum = a.AllergyDefNum
LEFT JOIN medication m ON m.MedicationNum = f.MedicationNum AND f.MedicationNum <> 0
WHERE a.PatNum = :patient
ORDER BY a.AllergyNum
LIMIT :most
"""

# MedicationNum 0: it came from an electronic prescription or form, and its name stands in MedDescript.
MEDICINES = """
SELECT l.MedicationPatNum, l.PatNote, l.DateTStamp, l.DateStart, l.DateStop, l.MedDescript, l.RxCui,
       m.MedName, m.RxCui AS MedRxCui, g.MedName AS GenericName, g.RxCui AS GenericRxCui
FROM medicationpat l
LEFT JOIN medication m ON m.MedicationNum = l.MedicationNum AND l.MedicationNum <> 0
LEFT JOIN medication g ON g.MedicationNum = m.GenericNum AND m.GenericNum <> m.MedicationNum
WHERE l.PatNum = :patient
ORDER BY l.MedicationPatNum
LIMIT :most
"""

# The newest first, so that a limit leaves out the oldest.
PRESCRIPTIONS = """
SELECT r.RxNum, r.RxDate, r.Drug, r.Sig, r.Disp, r.Refills, r.DaysOfSupply, r.RxType
FROM rxpat r
WHERE r.PatNum = :patient
ORDER BY r.RxNum DESC
LIMIT :most
"""

# ProcStatus 2: complete; 1: planned, counted only where it is on an appointment of the day that still stands.
PROCEDURES = """
SELECT l.ProcNum, l.ProcStatus, c.ProcCode
FROM procedurelog l
JOIN procedurecode c ON c.CodeNum = l.CodeNum
LEFT JOIN appointment t ON t.AptNum = l.AptNum AND l.AptNum <> 0
WHERE l.PatNum = :patient
  AND ((l.ProcStatus = 2 AND l.ProcDate = :day)
       OR (l.ProcStatus = 1 AND t.AptStatus IN (1, 4) AND t.AptDateTime >= :day AND t.AptDateTime < :next_day))
ORDER BY l.ProcNum
LIMIT :most
"""

# AptStatus 1: scheduled, 2: complete, 4: scheduled, as soon as possible. Clinic 0: all of them.
APPOINTMENTS = """
SELECT t.AptNum, t.PatNum, t.AptDateTime, p.LName, p.FName
FROM appointment t
JOIN patient p ON p.PatNum = t.PatNum
WHERE t.AptDateTime >= :day AND t.AptDateTime < :next_day
  AND t.AptStatus IN (1, 2, 4) AND p.PatStatus NOT IN (3, 4) AND (:clinic = 0 OR t.ClinicNum = :clinic)
ORDER BY t.AptDateTime, t.AptNum
"""

APPOINTMENT_CODES = """
SELECT t.AptNum, c.ProcCode
FROM appointment t
JOIN procedurelog l ON l.AptNum = t.AptNum
JOIN procedurecode c ON c.CodeNum = l.CodeNum
WHERE t.AptDateTime >= :day AND t.AptDateTime < :next_day AND l.ProcStatus IN (1, 2)
ORDER BY l.ProcNum
"""

ALL = (
    PATIENT,
    IMAGE_FOLDER,
    PROBLEMS,
    ALLERGIES,
    MEDICINES,
    PRESCRIPTIONS,
    PROCEDURES,
    APPOINTMENTS,
    APPOINTMENT_CODES,
)
