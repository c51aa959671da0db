"""The week of a site: what it must respect, solved, changed by hand, compared, published, and told."""
