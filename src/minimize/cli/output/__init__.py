"""What every command prints with: tables, and standard streams that may be closed."""
