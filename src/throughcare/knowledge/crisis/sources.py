"""How a crisis comes to us."""

SOURCES: dict[str, str] = {
    "button": "The person pressed “Get help now”",
    "text": "The person sent a text message",
    "call": "Somebody called",
    "staff": "Staff raised it",
    "measure": "An answer on a questionnaire",
    "check_in": "Words in a check-in",
    "message": "Words in a message to the care team",
    "worry": "A worry told from outside",
    "family": "Somebody near to the person raised it",
    "sign": "A warning sign",
}
