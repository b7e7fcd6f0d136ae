"""Rules about NSAIDs."""
