"""The databases that a call is for, and what became of each: one database is an estate of one."""
