"""The public functions of the purge: over one database, or over all databases of a policy."""
