"""What a site's week must respect, kept by people and read on one page."""
