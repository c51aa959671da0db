"""Medications for alcohol use disorder, and for tobacco."""

from throughcare.knowledge.medications.drug import Drug, products

SOURCE = (
    "SAMHSA advisory on medication for alcohol use disorder; labels; RxNorm as in ecqm-content-qicore-2024"
)

ROWS = (
    Drug(
        "acamprosate",
        "Acamprosate",
        "82819",
        frozenset({"alcohol_treatment"}),
        "Calms the restlessness that comes when you stop drinking, so that staying stopped is easier.",
        SOURCE,
        schedule="three_daily",
        brands=("Campral",),
        products=products("tablet", "835726"),
        facts=(
            "666 mg three times a day.",
            "Lower dose when creatinine clearance is 30 to 50 mL/min; not at all at 30 or below.",
        ),
        checks=("kidneys_acamprosate",),
    ),
    Drug(
        "disulfiram",
        "Disulfiram",
        "3554",
        frozenset({"alcohol_treatment", "reacts_with_alcohol"}),
        "Makes you sick if you drink, so that you decide once a day and not all day long.",
        SOURCE,
        brands=("Antabuse",),
        products=products("tablet", "197623", "197624"),
        facts=("First dose after at least 12 hours without alcohol. Best taken while somebody watches.",),
        warnings=(
            "Reacts with alcohol, also in medicines and mouthwash, for up to 14 days after the last dose.",
        ),
        checks=("liver",),
    ),
    Drug(
        "topiramate",
        "Topiramate",
        "38404",
        frozenset({"other"}),
        "Lowers the wish to drink; also used against seizures and migraine.",
        "labels (general knowledge)",
        schedule="twice_daily",
        brands=("Topamax",),
    ),
    Drug(
        "gabapentin",
        "Gabapentin",
        "25480",
        frozenset({"sedative"}),
        "Eases nerve pain, sleep and restlessness.",
        "labels (general knowledge)",
        schedule="three_daily",
        brands=("Neurontin",),
        warnings=("With opioids it can slow breathing.",),
    ),
    Drug(
        "nicotine",
        "Nicotine patch",
        "7407",
        frozenset({"tobacco_treatment"}),
        "Takes the edge off while you stop smoking.",
        "labels (general knowledge)",
        route="skin",
        brands=("Nicoderm",),
    ),
    Drug(
        "varenicline",
        "Varenicline",
        "591622",
        frozenset({"tobacco_treatment"}),
        "Makes smoking less rewarding while you stop.",
        "labels (general knowledge)",
        schedule="twice_daily",
        brands=("Chantix",),
    ),
)
