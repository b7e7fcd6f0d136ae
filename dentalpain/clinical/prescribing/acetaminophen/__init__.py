"""Rules about acetaminophen."""
