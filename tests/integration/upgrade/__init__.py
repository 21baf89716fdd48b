"""A database of an earlier release is upgraded in place and continues."""
