"""The dose of an option for this patient, or none where a needed fact is unknown."""
