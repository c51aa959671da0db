"""Words on their way into a spreadsheet."""

# A cell that begins so would be run as a formula by whoever opens the file.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain_cell(words: str) -> str:
    """The words as a cell that no spreadsheet takes for a formula."""
    return f"'{words}" if words.startswith(_FORMULA) else words
