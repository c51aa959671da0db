"""My path to independence, and the page that goes with me."""
