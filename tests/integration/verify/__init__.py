"""Looking for residue in real databases."""
