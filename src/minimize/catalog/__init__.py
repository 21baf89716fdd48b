"""What the database holds, read and never changed."""
