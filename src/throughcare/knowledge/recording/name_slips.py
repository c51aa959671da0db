"""Names that were mistyped: one letter wrong, missing, doubled or swapped with its neighbor."""


def is_slip_of(word: str, name: str) -> bool:
    """Whether the word is one slip of the hand away from a name of at least five letters; the first letter is right."""
    if len(name) < 5 or abs(len(word) - len(name)) > 1 or word[:1] != name[:1] or word == name:
        return False
    same = next(place for place in range(len(name) + 1) if word[place : place + 1] != name[place : place + 1])
    rest, other = word[same:], name[same:]
    if len(rest) == len(other):
        swapped = rest[:2] == other[:2][::-1] and rest[2:] == other[2:]
        return swapped or rest[1:] == other[1:]
    return rest[1:] == other if len(rest) > len(other) else rest == other[1:]
