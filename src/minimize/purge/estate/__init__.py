"""Several databases in one run."""
