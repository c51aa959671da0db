"""The words in which a person's wishes of a week are asked and said."""

GLADLY, RATHER_NOT, ONLY_IF_NEEDED = "gladly", "rather_not", "only_if_needed"
LIKINGS = {
    GLADLY: "No matter",
    RATHER_NOT: "Rather not",
    ONLY_IF_NEEDED: "Only if needed",
}

IN_PERSON, VIDEO, IN_PERSON_ONLY, VIDEO_ONLY = "in_person", "video", "in_person_only", "video_only"
WAYS = {
    "": "No matter",
    IN_PERSON: "Rather in person",
    VIDEO: "Rather by video",
    IN_PERSON_ONLY: "Only in person",
    VIDEO_ONLY: "Only by video",
}
GROUPS_FOR = {
    "": "No matter",
    "women": "Rather with women only",
    "men": "Rather with men only",
    "es": "Rather in Spanish",
}
