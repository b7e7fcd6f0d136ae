"""Rules and the course of low-dose naltrexone."""
