"""The test suite and its harness."""
