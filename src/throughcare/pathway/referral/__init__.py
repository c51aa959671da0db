"""A request for help: taken in, owned, answered, imported."""
