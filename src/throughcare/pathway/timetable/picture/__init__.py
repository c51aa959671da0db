"""What a week is solved from: a site's records as one problem on a grid, and the way back to the records."""
