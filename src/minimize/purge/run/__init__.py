"""A run from its first table to its last: what is done to each table, partition and leaf, and by which workers."""
