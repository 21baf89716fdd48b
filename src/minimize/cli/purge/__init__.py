"""`minimize purge` and the commands that steer it, one file each."""
