"""Looking for residue, and saying what was not looked at."""
