"""Reception in the browser's words."""
