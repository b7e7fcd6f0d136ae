"""Rules about medicines for nerve pain."""
