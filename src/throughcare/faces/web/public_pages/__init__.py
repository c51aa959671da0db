"""Pages for anyone: the front door and the form that asks for help."""
