"""What the database remembers of a run: tables in schema minimize, written in the transaction of each batch."""
