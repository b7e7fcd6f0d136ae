"""Pains beyond muscle and joint, told apart by what the clinician found; several may be true at once."""
