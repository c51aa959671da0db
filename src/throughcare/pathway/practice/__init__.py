"""The practice log: skills and guided exercises used in real life, told with one tap."""
