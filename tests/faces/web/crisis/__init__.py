"""The crisis desk in the browser's words."""
