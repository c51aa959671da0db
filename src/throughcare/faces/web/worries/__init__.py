"""The worry line: a page for anyone, and the queue in which staff look into what was told."""
