"""The whole story on an embedded PostgreSQL, with invented people."""
