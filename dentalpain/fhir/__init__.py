"""FHIR R4, translated without network: reading and writing."""
