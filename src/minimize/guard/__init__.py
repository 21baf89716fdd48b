"""What refuses a write that carries a retired field."""
