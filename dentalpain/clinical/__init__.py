"""What we know how to decide: pure functions over a patient record, with the standard library alone."""
