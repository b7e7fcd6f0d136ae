"""What we know: dated, cited tables and texts, read once and never changed while the program runs."""
