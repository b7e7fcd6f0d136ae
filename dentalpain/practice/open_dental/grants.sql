-- An account of its own for dentalpain: it may read the columns below and nothing else. The server itself refuses
-- SSN, address, balances, SELECT * and every change.
--
-- Run as an administrator of the database, after three edits: the password, the machine that dentalpain runs on
-- ('localhost' where it is the database server itself), and the database if it is not called opendental.
--
--     mysql -u root -p < grants.sql
--
-- To switch dentalpain off at once:  DROP USER 'dentalpain'@'localhost';

CREATE USER 'dentalpain'@'localhost' IDENTIFIED BY 'write a long password here';

GRANT SELECT (PatNum, LName, FName, PatStatus, Gender, Birthdate, DateTimeDeceased, MedUrgNote, DateTStamp, ImageFolder)
  ON opendental.patient TO 'dentalpain'@'localhost';
GRANT SELECT (DiseaseNum, PatNum, DiseaseDefNum, PatNote, ProbStatus, DateStart, DateStop, DateTStamp)
  ON opendental.disease TO 'dentalpain'@'localhost';
GRANT SELECT (DiseaseDefNum, DiseaseName, SnomedCode, Icd10Code)
  ON opendental.diseasedef TO 'dentalpain'@'localhost';
GRANT SELECT (AllergyNum, PatNum, AllergyDefNum, Reaction, StatusIsActive, DateTStamp, DateAdverseReaction)
  ON opendental.allergy TO 'dentalpain'@'localhost';
GRANT SELECT (AllergyDefNum, Description, SnomedType, MedicationNum)
  ON opendental.allergydef TO 'dentalpain'@'localhost';
GRANT SELECT (MedicationPatNum, PatNum, MedicationNum, PatNote, DateTStamp, DateStart, DateStop, MedDescript, RxCui)
  ON opendental.medicationpat TO 'dentalpain'@'localhost';
GRANT SELECT (MedicationNum, MedName, GenericNum, RxCui)
  ON opendental.medication TO 'dentalpain'@'localhost';
GRANT SELECT (RxNum, PatNum, RxDate, Drug, Sig, Disp, Refills, DaysOfSupply, RxType)
  ON opendental.rxpat TO 'dentalpain'@'localhost';
GRANT SELECT (ProcNum, PatNum, AptNum, ProcDate, ProcStatus, CodeNum)
  ON opendental.procedurelog TO 'dentalpain'@'localhost';
GRANT SELECT (CodeNum, ProcCode)
  ON opendental.procedurecode TO 'dentalpain'@'localhost';
GRANT SELECT (AptNum, PatNum, AptStatus, AptDateTime, ClinicNum)
  ON opendental.appointment TO 'dentalpain'@'localhost';
