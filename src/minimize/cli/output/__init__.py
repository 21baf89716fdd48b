"""What every command prints with: tables, reports, and standard streams that may be closed."""
