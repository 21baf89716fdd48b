"""Plans the statements of a step from the policy and the survey, before anything is executed."""
