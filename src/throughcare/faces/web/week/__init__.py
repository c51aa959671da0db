"""The week: a person's own, and the whole site's."""
