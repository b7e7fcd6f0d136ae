-- The tables of Open Dental 25.3 as far as they are read, and the SSN, which must never be; MyISAM as the vendor has it.

CREATE TABLE patient (
  PatNum bigint(20) NOT NULL AUTO_INCREMENT PRIMARY KEY, LName varchar(100) NOT NULL, FName varchar(100) NOT NULL,
  PatStatus tinyint NOT NULL, Gender tinyint NOT NULL, Birthdate date NOT NULL DEFAULT '0001-01-01',
  SSN varchar(100) NOT NULL, ImageFolder varchar(100) NOT NULL, MedUrgNote varchar(255) NOT NULL,
  DateTStamp timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  DateTimeDeceased datetime NOT NULL DEFAULT '0001-01-01 00:00:00'
) ENGINE=MyISAM DEFAULT CHARSET=utf8mb3;

CREATE TABLE medication (
  MedicationNum bigint(20) NOT NULL AUTO_INCREMENT PRIMARY KEY, MedName varchar(255) NOT NULL,
  GenericNum bigint(20) NOT NULL, RxCui bigint(20) NOT NULL
) ENGINE=MyISAM DEFAULT CHARSET=utf8mb3;

CREATE TABLE medicationpat (
  MedicationPatNum bigint(20) NOT NULL AUTO_INCREMENT PRIMARY KEY, PatNum bigint(20) NOT NULL,
  MedicationNum bigint(20) NOT NULL, PatNote text NOT NULL,
  DateTStamp timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  DateStart date NOT NULL DEFAULT '0001-01-01', DateStop date NOT NULL DEFAULT '0001-01-01',
  MedDescript varchar(255) NOT NULL, RxCui bigint(20) NOT NULL, KEY PatNum (PatNum)
) ENGINE=MyISAM DEFAULT CHARSET=utf8mb3;

CREATE TABLE rxpat (
  RxNum bigint(20) NOT NULL AUTO_INCREMENT PRIMARY KEY, PatNum bigint(20) NOT NULL,
  RxDate date NOT NULL DEFAULT '0001-01-01', Drug varchar(255) NOT NULL, Sig varchar(255) NOT NULL,
  Disp varchar(255) NOT NULL, Refills varchar(30) NOT NULL, DaysOfSupply double NOT NULL, RxType tinyint(4) NOT NULL,
  KEY PatNum (PatNum)
) ENGINE=MyISAM DEFAULT CHARSET=utf8mb3;

CREATE TABLE allergydef (
  AllergyDefNum bigint(20) NOT NULL AUTO_INCREMENT PRIMARY KEY, Description varchar(255) NOT NULL,
  SnomedType tinyint(4) NOT NULL, MedicationNum bigint(20) NOT NULL
) ENGINE=MyISAM DEFAULT CHARSET=utf8mb3;

CREATE TABLE allergy (
  AllergyNum bigint(20) NOT NULL AUTO_INCREMENT PRIMARY KEY, AllergyDefNum bigint(20) NOT NULL,
  PatNum bigint(20) NOT NULL, Reaction varchar(255) NOT NULL, StatusIsActive tinyint(4) NOT NULL,
  DateTStamp timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  DateAdverseReaction date NOT NULL DEFAULT '0001-01-01', KEY PatNum (PatNum)
) ENGINE=MyISAM DEFAULT CHARSET=utf8mb3;

CREATE TABLE diseasedef (
  DiseaseDefNum bigint(20) NOT NULL AUTO_INCREMENT PRIMARY KEY, DiseaseName varchar(255) NOT NULL,
  SnomedCode varchar(255) NOT NULL, Icd10Code varchar(255) NOT NULL
) ENGINE=MyISAM DEFAULT CHARSET=utf8mb3;

CREATE TABLE disease (
  DiseaseNum bigint(20) NOT NULL AUTO_INCREMENT PRIMARY KEY, PatNum bigint(20) NOT NULL,
  DiseaseDefNum bigint(20) NOT NULL, PatNote text NOT NULL,
  DateTStamp timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  ProbStatus tinyint(4) NOT NULL, DateStart date NOT NULL DEFAULT '0001-01-01',
  DateStop date NOT NULL DEFAULT '0001-01-01', KEY PatNum (PatNum)
) ENGINE=MyISAM DEFAULT CHARSET=utf8mb3;

CREATE TABLE procedurecode (
  CodeNum bigint(20) NOT NULL AUTO_INCREMENT PRIMARY KEY, ProcCode varchar(15) NOT NULL
) ENGINE=MyISAM DEFAULT CHARSET=utf8mb3;

CREATE TABLE procedurelog (
  ProcNum bigint(20) NOT NULL AUTO_INCREMENT PRIMARY KEY, PatNum bigint(20) NOT NULL, AptNum bigint(20) NOT NULL,
  ProcDate date NOT NULL DEFAULT '0001-01-01', ProcStatus tinyint NOT NULL, CodeNum bigint(20) NOT NULL,
  KEY PatNum (PatNum), KEY AptNum (AptNum)
) ENGINE=MyISAM DEFAULT CHARSET=utf8mb3;

CREATE TABLE appointment (
  AptNum bigint(20) NOT NULL AUTO_INCREMENT PRIMARY KEY, PatNum bigint(20) NOT NULL, AptStatus tinyint NOT NULL,
  AptDateTime datetime NOT NULL DEFAULT '0001-01-01 00:00:00', ClinicNum bigint(20) NOT NULL,
  KEY PatNum (PatNum), KEY AptDateTime (AptDateTime)
) ENGINE=MyISAM DEFAULT CHARSET=utf8mb3;
