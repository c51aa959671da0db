"""One person and the week: what they wish, good weeks for them, why hours are missing."""
