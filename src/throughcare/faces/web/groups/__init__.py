"""Groups: the list, each group's page, and what changes from a day on."""
