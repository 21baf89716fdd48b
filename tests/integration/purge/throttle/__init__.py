"""Each throttle on a real server: made to trip, and made unreadable."""
