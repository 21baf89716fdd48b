"""What `bench/purge.py` is made of."""
