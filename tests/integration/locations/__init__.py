"""Location kinds on a real server."""
