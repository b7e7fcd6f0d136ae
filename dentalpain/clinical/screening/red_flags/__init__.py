"""Red flags: what must not wait, decided before everything else and by nothing but its own criteria."""
