"""The person's own part of the intake, in the order of its pages. Plain words; every question may be skipped. [ours]"""

from throughcare.knowledge.intake.question import Asked, Choices, Question, Section

LANGUAGES: Choices = (
    ("en", "English"),
    ("es", "Spanish (español)"),
    ("zh", "Chinese (中文)"),
    ("vi", "Vietnamese (tiếng Việt)"),
    ("ar", "Arabic (العربية)"),
    ("fr", "French (français)"),
    ("ht", "Haitian Creole (kreyòl ayisyen)"),
    ("ko", "Korean (한국어)"),
    ("pt", "Portuguese (português)"),
    ("ru", "Russian (русский)"),
    ("so", "Somali (Soomaali)"),
    ("ase", "American Sign Language"),
    ("other", "Another language"),
)

REACH = Section(
    "reach",
    "You, and how to reach you safely",
    lead="We only call, text or write in the ways you choose here. Our messages never say what kind of care this is.",
    questions=(
        Question("preferred_name", "What should we call you?", "line", detail="preferred_name"),
        Question(
            "pronouns",
            "Which pronouns do you use?",
            "line",
            hint="Such as she/her, he/him, they/them",
            detail="pronouns",
        ),
        Question("phone", "What is your phone number?", "phone", detail="phone"),
        Question("email", "What is your email address?", "email", detail="email"),
        Question(
            "safe_ways",
            "How may we reach you?",
            "many",
            (
                ("call", "Call me"),
                ("voicemail", "Leave a message"),
                ("text", "Text me"),
                ("email", "Email me"),
            ),
            hint="Choose every way that is safe for you.",
            detail="contact_wishes",
        ),
        Question(
            "contact_note",
            "Is there anything we should know before we call?",
            "line",
            hint="Such as who else may pick up, or times that do not work",
        ),
        Question(
            "emergency_name",
            "Who should we call in an emergency?",
            "line",
            hint="Their name, and who they are to you",
        ),
        Question("emergency_phone", "What is their phone number?", "phone"),
    ),
)

HOME = Section(
    "home",
    "Home and family",
    questions=(
        Question(
            "lives_with",
            "Who do you live with?",
            "many",
            (
                ("alone", "I live alone"),
                ("partner", "My partner"),
                ("children", "My children"),
                ("family", "My parents or other family"),
                ("roommates", "Friends or roommates"),
                ("recovery_home", "A sober or recovery home"),
                ("shelter", "A shelter, a car, or outside"),
            ),
        ),
        Question(
            "home_safe",
            "Do you feel safe where you live?",
            "one",
            (("yes", "Yes"), ("no", "No"), ("not_sure", "I am not sure")),
            fact="home_unsafe",
            means={"yes": False, "no": True},
        ),
        Question(
            "elsewhere",
            "Is there another place where you could stay and be safe?",
            "yes_no",
            when=Asked("home_safe", ("no", "not_sure")),
            fact="safe_alternative",
            means={"yes": True, "no": False},
        ),
        Question("cares_for_others", "Do you take care of children or other people?", "yes_no"),
        Question("cared_for", "Who are they, and how old?", "line", when=Asked("cares_for_others", ("yes",))),
        Question(
            "care_hours",
            "When do you have to be with them, with nobody to take over?",
            "weekly_hours",
            hint="Leave a day empty if someone else can be there.",
            when=Asked("cares_for_others", ("yes",)),
            commitment="childcare",
        ),
        Question(
            "helpers",
            "Who could help you while you are here?",
            "line",
            hint="Such as a sitter, a neighbor, your mother",
        ),
    ),
)

WORK = Section(
    "work",
    "Work and school",
    lead="We plan your sessions around these times.",
    questions=(
        Question("works", "Do you work?", "yes_no"),
        Question("work_kind", "What do you do?", "line", when=Asked("works", ("yes",))),
        Question(
            "work_hours",
            "When do you work?",
            "weekly_hours",
            hint="Fill in the days you work. Leave the others empty.",
            when=Asked("works", ("yes",)),
            commitment="work",
        ),
        Question("studies", "Do you go to school or take classes?", "yes_no"),
        Question(
            "school_hours",
            "When are your classes?",
            "weekly_hours",
            when=Asked("studies", ("yes",)),
            commitment="school",
        ),
        Question(
            "other_times",
            "Are there other times when you must be somewhere?",
            "text",
            hint="Such as court, probation, a doctor, or a clinic where you get medicine",
        ),
    ),
)

TRANSPORT = Section(
    "transport",
    "Getting here",
    questions=(
        Question(
            "ways",
            "How would you get here?",
            "many",
            (
                ("car", "I drive"),
                ("driven", "Someone drives me"),
                ("transit", "Bus or train"),
                ("walk", "Walk or bike"),
                ("needs_ride", "I have no way to get here"),
            ),
        ),
        Question("minutes", "How many minutes does it take?", "count"),
        Question(
            "trouble",
            "What could make it hard to get here?",
            "line",
            hint="Such as cost, bad weather, or no bus at night",
        ),
    ),
)

DEVICE = Section(
    "device",
    "Phone and internet",
    lead="Some sessions can be joined by video.",
    questions=(
        Question(
            "devices",
            "What can you use?",
            "many",
            (
                ("smartphone", "A smartphone"),
                ("computer", "A computer or tablet"),
                ("basic_phone", "A simple phone"),
                ("none", "None of these"),
            ),
        ),
        Question(
            "internet",
            "Do you have internet that is good enough for video?",
            "one",
            (("yes", "Yes"), ("sometimes", "Sometimes"), ("no", "No")),
        ),
        Question("private_place", "Is there a place where you can talk and nobody hears you?", "yes_no"),
    ),
)

LANGUAGE = Section(
    "language",
    "Your language",
    questions=(
        Question(
            "language", "Which language do you like to speak here?", "one", LANGUAGES, detail="language"
        ),
        Question("interpreter", "Do you want an interpreter?", "yes_no", hint="It costs you nothing."),
        Question("reading_help", "Would you like someone to read forms to you?", "yes_no"),
    ),
)

SUPPORTS = Section(
    "supports",
    "People and things that help you",
    questions=(
        Question(
            "sober_support",
            "Is there someone close to you who wants you to get better and does not drink or use with you?",
            "yes_no",
            fact="sober_support",
            means={"yes": True, "no": False},
        ),
        Question("support_names", "Who is it?", "line", when=Asked("sober_support", ("yes",))),
        Question(
            "groups",
            "Do you go to any group or meeting?",
            "line",
            hint="Such as AA, NA, SMART, a club, a sports team",
        ),
        Question(
            "faith_culture",
            "Is there anything about your faith or culture that we should respect?",
            "text",
            hint="Only if you wish to say. Such as prayer times, fasting, food, or who may be in the room",
        ),
    ),
)

HOPES = Section(
    "hopes",
    "What brings you, and what you hope for",
    questions=(
        Question("brings", "What brings you here?", "text"),
        Question("hopes", "What would you like to be different in three months?", "text"),
        Question("worries", "Is there anything that worries you about coming here?", "text"),
    ),
)

HISTORY = Section(
    "history",
    "Your health so far",
    lead="Your own words are fine. Skip what you do not want to write; you can tell us in person.",
    questions=(
        Question(
            "past_care",
            "What care have you had before for your mind, or for alcohol or drugs?",
            "text",
            hint="What helped? What did not?",
        ),
        Question("health", "Do you have any health problems?", "text"),
        Question(
            "medicines", "Which medicines do you take?", "text", hint="Names and how much, as far as you know"
        ),
        Question("allergies", "Are you allergic to anything?", "line"),
        Question("substances", "Do you drink alcohol or use drugs? What, how much, how often?", "text"),
        Question("last_use", "When was the last time?", "line"),
        Question(
            "seizure",
            "When you stopped drinking or using, did you ever have a seizure, or see things that were not there?",
            "one",
            (
                ("yes", "Yes"),
                ("no", "No"),
                ("not_sure", "I am not sure"),
                ("never_used", "I don’t drink or use"),
            ),
            fact="past_withdrawal_seizure_or_dt",
            means={"yes": True, "no": False, "never_used": False},
        ),
        Question(
            "overdoses",
            "How many times did you overdose in the last 3 months?",
            "count",
            hint="Write 0 if it did not happen.",
            fact="overdoses_90_days",
        ),
        Question(
            "pregnant",
            "Are you pregnant, or could you be?",
            "one",
            (("yes", "Yes"), ("no", "No"), ("not_sure", "I am not sure"), ("na", "This is not about me")),
        ),
    ),
)

PATIENT_PART = (REACH, HOME, WORK, TRANSPORT, DEVICE, LANGUAGE, SUPPORTS, HOPES, HISTORY)
