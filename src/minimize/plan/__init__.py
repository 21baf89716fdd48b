"""What a step takes, worked out from policy and facts before anything runs."""
