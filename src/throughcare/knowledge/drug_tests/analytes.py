"""What a test looks for: each analyte with its LOINC codes and how long it shows.

Windows: ACLS diagnostics, urine; 6-MAM, buprenorphine, fentanyl, ethanol, EtG and EtS, PEth, oral fluid and hair are
common laboratory figures. LOINC presence in urine: CQF opioid CDS value sets. Where no code is given none is asserted.
"""

from dataclasses import dataclass
from datetime import timedelta

DAY = 24
ORAL_FLUID_HOURS = 48
HAIR_HOURS = 90 * DAY
MATRICES = {
    "urine": "Urine",
    "oral_fluid": "Oral fluid",
    "blood": "Blood",
    "hair": "Hair",
    "breath": "Breath",
}


@dataclass(frozen=True)
class Window:
    """For how many hours an analyte shows after use: `low` to `high`, after long use up to `chronic`."""

    low: int
    high: int
    chronic: int | None = None

    @property
    def longest(self) -> int:
        """The hours after which it no longer shows, whatever the use was."""
        return self.chronic or self.high


@dataclass(frozen=True)
class Analyte:
    """One thing that is looked for. `group` is what it says of a person; `needs_trend` that levels must be compared.

    `screen`, `confirm` and `unspecified` are LOINC codes for its presence in urine by screen, by confirmation, by any
    method. `strict`: the end of its window is not part of it.
    """

    code: str
    title: str
    group: str
    window: Window
    screen: str = ""
    confirm: str = ""
    unspecified: str = ""
    names: tuple[str, ...] = ()
    needs_trend: bool = False
    strict: bool = False
    only_in: str = ""

    def window_in(self, matrix: str) -> Window:
        """Its window in this matrix; oral fluid and hair have one for everything."""
        if matrix == "oral_fluid":
            return Window(12, ORAL_FLUID_HOURS)
        return Window(0, HAIR_HOURS) if matrix == "hair" else self.window

    def shows(self, since_use: timedelta, *, matrix: str, long_use: bool | None) -> bool:
        """Whether a use so long ago can still show; not knowing whether the use was long counts for the person."""
        window = self.window_in(matrix)
        hours = window.high if long_use is False else window.longest
        return since_use < timedelta(hours=hours) if self.strict else since_use <= timedelta(hours=hours)

    def shows_usually(self, since_use: timedelta, *, matrix: str) -> bool:
        """Whether a single use so long ago can still show."""
        return self.shows(since_use, matrix=matrix, long_use=False)


_OPIATE = Window(2 * DAY, 4 * DAY)
_BENZO = Window(3 * DAY, 7 * DAY, 30 * DAY)
_AMPHETAMINE = Window(2 * DAY, 4 * DAY)
_COCAINE = Window(1 * DAY, 3 * DAY)

_STIMULANTS = (
    Analyte(
        "amphetamines",
        "Amphetamines",
        "stimulant",
        _AMPHETAMINE,
        "19261-7",
        "16369-1",
        "3349-8",
        ("amphetamine", "amp"),
    ),
    Analyte(
        "methamphetamine",
        "Methamphetamine",
        "stimulant",
        _AMPHETAMINE,
        "19554-5",
        "19555-2",
        "3779-6",
        ("meth", "methamphetamines", "met"),
    ),
    Analyte("mdma", "MDMA", "stimulant", _AMPHETAMINE, "19568-5", "19569-3", "14267-9", ("ecstasy", "mda")),
    Analyte(
        "benzoylecgonine",
        "Cocaine metabolite (benzoylecgonine)",
        "stimulant",
        _COCAINE,
        "14314-9",
        "14315-6",
        "3393-6",
        ("cocaine metabolite", "cocaine metabolites", "bze"),
    ),
    Analyte("cocaine", "Cocaine", "stimulant", _COCAINE, "19359-9", "19360-7", "3397-7", ("coc",)),
)
_OPIOIDS = (
    Analyte("opiates", "Opiates", "opioid", _OPIATE, "19295-5", "18390-5", "3879-4", ("opiate", "opi")),
    Analyte(
        "6-mam",
        "Heroin metabolite (6-MAM)",
        "opioid",
        Window(0, DAY),
        "19321-9",
        "19322-7",
        "10976-9",
        ("6 monoacetylmorphine", "6mam", "6-acetylmorphine", "6-am", "heroin metabolite"),
        strict=True,
    ),
    Analyte("morphine", "Morphine", "opioid", _OPIATE),
    Analyte("codeine", "Codeine", "opioid", _OPIATE),
    Analyte("hydrocodone", "Hydrocodone", "opioid", _OPIATE),
    Analyte("hydromorphone", "Hydromorphone", "opioid", _OPIATE),
    Analyte("oxycodone", "Oxycodone", "opioid", _OPIATE, "19642-8", "19643-6", "10998-3", ("oxy",)),
    Analyte("oxymorphone", "Oxymorphone", "opioid", _OPIATE),
    Analyte("methadone", "Methadone", "opioid", _OPIATE, "19550-3", "16199-2", "3773-9", ("mtd",)),
    Analyte(
        "eddp",
        "Methadone metabolite (EDDP)",
        "opioid",
        _OPIATE,
        "93495-0",
        "58428-4",
        "41858-2",
        ("methadone metabolite",),
    ),
    Analyte(
        "buprenorphine",
        "Buprenorphine",
        "opioid",
        Window(DAY, 7 * DAY),
        "93494-3",
        "16208-1",
        "3414-0",
        ("bup",),
    ),
    Analyte("norbuprenorphine", "Norbuprenorphine", "opioid", Window(DAY, 7 * DAY), "82371-6", "58362-5"),
    Analyte(
        "fentanyl", "Fentanyl", "opioid", Window(DAY, 3 * DAY), "59673-4", "40839-3", "11235-9", ("fen",)
    ),
    Analyte(
        "norfentanyl",
        "Fentanyl metabolite (norfentanyl)",
        "opioid",
        # “Weeks after chronic use”; four of them, so that nobody is accused too soon. [ours]
        Window(DAY, 3 * DAY, 28 * DAY),
        "95797-7",
        "43200-5",
        "43199-9",
        ("fentanyl metabolite",),
        needs_trend=True,
    ),
    Analyte("tramadol", "Tramadol", "opioid", _OPIATE, "19710-3", "17718-8", "43219-5", ("tra",)),
    Analyte(
        "mitragynine", "Kratom (mitragynine)", "opioid", _OPIATE, "96058-3", "73995-3", names=("kratom",)
    ),
)
_SEDATIVES = (
    Analyte(
        "benzodiazepines",
        "Benzodiazepines",
        "benzodiazepine",
        _BENZO,
        "14316-4",
        "16195-0",
        "3390-2",
        ("benzodiazepine", "benzos", "benzo", "bzo"),
    ),
    Analyte("diazepam", "Diazepam", "benzodiazepine", _BENZO),
    Analyte("nordiazepam", "Nordiazepam", "benzodiazepine", _BENZO),
    Analyte("temazepam", "Temazepam", "benzodiazepine", _BENZO),
    Analyte("oxazepam", "Oxazepam", "benzodiazepine", _BENZO),
    Analyte(
        "alprazolam",
        "Alprazolam",
        "benzodiazepine",
        _BENZO,
        names=("alpha-hydroxyalprazolam", "hydroxyalprazolam"),
    ),
    Analyte("clonazepam", "Clonazepam", "benzodiazepine", _BENZO, names=("7-aminoclonazepam",)),
    Analyte("lorazepam", "Lorazepam", "benzodiazepine", _BENZO),
    Analyte(
        "barbiturates",
        "Barbiturates",
        "barbiturate",
        Window(2 * DAY, 4 * DAY, 30 * DAY),
        "19270-8",
        "16429-3",
        "3377-9",
        ("barbiturate", "bar"),
    ),
    Analyte("xylazine", "Xylazine", "xylazine", Window(DAY, 3 * DAY), confirm="101809-2"),
)
_OTHERS = (
    Analyte(
        "cannabinoids",
        "Cannabis (THC)",
        "cannabis",
        Window(DAY, 3 * DAY, 30 * DAY),
        "18282-4",
        "19289-8",
        "3427-2",
        ("thc", "cannabis", "marijuana", "thc-cooh", "cannabinoid", "carboxy-thc"),
        needs_trend=True,
    ),
    Analyte(
        "pcp",
        "PCP",
        "pcp",
        Window(2 * DAY, 7 * DAY, 30 * DAY),
        "19659-2",
        "18392-1",
        "3936-2",
        ("phencyclidine",),
    ),
    Analyte("ethanol", "Alcohol", "alcohol", Window(7, 12), "42242-8", "34180-0", "5644-0", ("alcohol",)),
    Analyte(
        "etg",
        "Alcohol metabolite (EtG)",
        "alcohol",
        Window(DAY, 3 * DAY, 5 * DAY),
        "58375-7",
        "58377-3",
        "55349-5",
        ("ethyl glucuronide",),
    ),
    Analyte(
        "ets",
        "Alcohol metabolite (EtS)",
        "alcohol",
        Window(DAY, 3 * DAY, 5 * DAY),
        names=("ethyl sulfate",),
    ),
    Analyte(
        "peth",
        "Alcohol marker in blood (PEth)",
        "alcohol",
        Window(14 * DAY, 28 * DAY),
        names=("phosphatidylethanol",),
        only_in="blood",
    ),
)

ROWS: tuple[Analyte, ...] = (*_STIMULANTS, *_OPIOIDS, *_SEDATIVES, *_OTHERS)
ALL: dict[str, Analyte] = {row.code: row for row in ROWS}

# The specimen's own values. LOINC, common use.
VALIDITY_CODES = {
    "creatinine": ("2161-8",),
    "specific_gravity": ("2965-2", "5811-5"),
    "ph": ("2756-5", "5803-2"),
}

# A small panel beside the person's own substances: no big arbitrary panels (ASAM drug-testing pocket guide).
USUAL_PANEL = (
    "amphetamines",
    "methamphetamine",
    "benzoylecgonine",
    "opiates",
    "oxycodone",
    "methadone",
    "buprenorphine",
    "fentanyl",
    "benzodiazepines",
    "cannabinoids",
    "etg",
)

# What only alcohol leaves behind, and what of it goes within days.
ALCOHOL = tuple(row.code for row in ROWS if row.group == "alcohol")
ALCOHOL_LATELY = tuple(code for code in ALCOHOL if code != "peth")


def plain(name: str) -> str:
    """A name as it is compared: lower case, with single spaces for what separates its words."""
    return " ".join(name.replace("_", " ").replace("-", " ").lower().split())


_BY_NAME = {plain(name): row for row in ROWS for name in (row.code, *row.names)}


def find_analyte(name: str) -> Analyte | None:
    """The analyte of this code or name, if it is known."""
    return _BY_NAME.get(plain(name))
