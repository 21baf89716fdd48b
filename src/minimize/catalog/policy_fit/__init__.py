"""Does the policy fit this database, and do its parts agree with each other?"""
