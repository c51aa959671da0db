"""What the week must respect, in pages: a site's rules, a person's wishes, good weeks, and why hours are missing."""
