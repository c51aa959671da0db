"""The page before a session, and what groups are taught."""
