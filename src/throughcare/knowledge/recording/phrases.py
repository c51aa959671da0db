"""What is seen of a person so often that one tap writes it."""

# What was seen of a person, for one tap; the words that make the note theirs still have to be written.
PHRASES = (
    "Took part actively.",
    "Listened, said little.",
    "Shared an example.",
    "Supported others.",
    "Practiced the skill.",
    "Made a plan.",
    "Seemed distracted.",
    "Seemed low.",
    "Seemed anxious.",
)
