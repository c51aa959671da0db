"""Legal requests in the browser's words."""
