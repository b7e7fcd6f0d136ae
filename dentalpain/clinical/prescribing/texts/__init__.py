"""Reading prescription texts: names, strengths, directions, quantities; what is not understood is never guessed."""
