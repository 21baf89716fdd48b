"""Everything checked before the first row is erased, and the dry run that reports it."""
