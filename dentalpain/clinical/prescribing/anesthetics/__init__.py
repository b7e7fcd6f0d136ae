"""Rules about local anesthetics and their vasoconstrictors."""
