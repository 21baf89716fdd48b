"""The state of a run: tables in schema minimize, written in the transaction of each batch, and their versions."""
