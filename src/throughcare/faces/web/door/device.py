"""The browser and the machine in words, as far as they say themselves: for the list of sign-ins."""

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
MACHINES = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "a Chromebook"),
    ("Macintosh", "a Mac"),
    ("Linux", "Linux"),
)


def device_words(user_agent: str) -> str:
    """Like “Firefox on Windows”. Versions are left out: they change while someone is signed in."""
    browser = next((word for part, word in BROWSERS if part in user_agent), "Another browser")
    machine = next((word for part, word in MACHINES if part in user_agent), "another device")
    return f"{browser} on {machine}"
