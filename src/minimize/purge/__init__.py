"""Erasing what was collected, row by row, in batches."""
