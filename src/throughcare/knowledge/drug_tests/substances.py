"""What a person takes, prescribed or not, and what of it shows in a test. Names in lower case.

Metabolites and presumptive false positives: common laboratory knowledge, AFP 2019 on urine drug tests.
"""

from dataclasses import dataclass

from throughcare.knowledge.drug_tests.analytes import ALCOHOL, plain
from throughcare.knowledge.drug_tests.analytes import ROWS as ANALYTES


@dataclass(frozen=True)
class Substance:
    """One substance. `gives`: analytes that it explains; `needs`: those that must show when it is taken as prescribed.

    `screen_misses`: of those, what a presumptive screen may miss; `may_read_as`: what a screen may take it for.
    """

    code: str
    names: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    screen_misses: tuple[str, ...] = ()
    may_read_as: tuple[str, ...] = ()
    long_acting: bool = False


_EVERY_BENZO = tuple(one.code for one in ANALYTES if one.group == "benzodiazepine")

_OPIOIDS = (
    Substance("heroin", ("diamorphine",), ("6-mam", "morphine", "codeine", "opiates")),
    Substance("morphine", ("ms contin",), ("morphine", "hydromorphone", "opiates"), ("morphine", "opiates")),
    Substance(
        "codeine",
        ("tylenol 3", "acetaminophen codeine"),
        ("codeine", "morphine", "hydrocodone", "opiates"),
        ("codeine", "opiates"),
    ),
    Substance(
        "hydrocodone",
        ("vicodin", "norco", "lortab"),
        ("hydrocodone", "hydromorphone", "opiates"),
        ("hydrocodone", "opiates"),
        screen_misses=("opiates",),
    ),
    Substance(
        "hydromorphone",
        ("dilaudid",),
        ("hydromorphone", "opiates"),
        ("hydromorphone", "opiates"),
        ("opiates",),
    ),
    Substance(
        "oxycodone", ("percocet", "oxycontin", "roxicodone"), ("oxycodone", "oxymorphone"), ("oxycodone",)
    ),
    Substance("oxymorphone", ("opana",), ("oxymorphone",), ("oxymorphone",)),
    Substance("methadone", ("methadose",), ("methadone", "eddp"), ("methadone", "eddp")),
    Substance(
        "buprenorphine",
        ("suboxone", "subutex", "sublocade", "brixadi", "zubsolv", "buprenorphine naloxone"),
        ("buprenorphine", "norbuprenorphine"),
        ("buprenorphine", "norbuprenorphine"),
    ),
    Substance("fentanyl", ("duragesic", "fent"), ("fentanyl", "norfentanyl"), ("fentanyl", "norfentanyl")),
    Substance("tramadol", ("ultram",), ("tramadol",), ("tramadol",)),
    Substance("kratom", ("mitragynine",), ("mitragynine",)),
    Substance(
        "opioids", ("opioid", "opiates", "opiate", "pain pills"), ("opiates", "morphine", "codeine", "6-mam")
    ),
)
_SEDATIVES = (
    Substance(
        "diazepam",
        ("valium",),
        ("diazepam", "nordiazepam", "temazepam", "oxazepam", "benzodiazepines"),
        ("nordiazepam", "benzodiazepines"),
    ),
    Substance(
        "chlordiazepoxide",
        ("librium",),
        ("nordiazepam", "oxazepam", "benzodiazepines"),
        ("nordiazepam", "benzodiazepines"),
    ),
    Substance(
        "temazepam",
        ("restoril",),
        ("temazepam", "oxazepam", "benzodiazepines"),
        ("temazepam", "benzodiazepines"),
    ),
    Substance("oxazepam", ("serax",), ("oxazepam", "benzodiazepines"), ("oxazepam", "benzodiazepines")),
    Substance(
        "alprazolam",
        ("xanax",),
        ("alprazolam", "benzodiazepines"),
        ("alprazolam", "benzodiazepines"),
        screen_misses=("alprazolam", "benzodiazepines"),
    ),
    Substance(
        "clonazepam",
        ("klonopin",),
        ("clonazepam", "benzodiazepines"),
        ("clonazepam", "benzodiazepines"),
        screen_misses=("clonazepam", "benzodiazepines"),
    ),
    Substance(
        "lorazepam",
        ("ativan",),
        ("lorazepam", "benzodiazepines"),
        ("lorazepam", "benzodiazepines"),
        screen_misses=("lorazepam", "benzodiazepines"),
    ),
    Substance("benzodiazepines", ("benzodiazepine", "benzos", "benzo"), _EVERY_BENZO),
    Substance("phenobarbital", ("luminal",), ("barbiturates",), ("barbiturates",), long_acting=True),
    Substance("butalbital", ("fioricet", "fiorinal"), ("barbiturates",), ("barbiturates",)),
    Substance("barbiturates", ("barbiturate",), ("barbiturates",)),
    Substance("xylazine", ("tranq",), ("xylazine",)),
)
_STIMULANTS = (
    Substance(
        "amphetamine",
        (
            "amphetamines",
            "adderall",
            "dextroamphetamine",
            "lisdexamfetamine",
            "vyvanse",
            "mixed amphetamine salts",
            "speed",
        ),
        ("amphetamines",),
        ("amphetamines",),
    ),
    Substance("methamphetamine", ("meth", "crystal meth", "desoxyn"), ("methamphetamine", "amphetamines")),
    Substance("methylphenidate", ("ritalin", "concerta")),
    Substance("mdma", ("ecstasy", "molly"), ("mdma", "amphetamines")),
    Substance("cocaine", ("crack", "coke"), ("cocaine", "benzoylecgonine")),
)
_OTHERS = (
    Substance("cannabis", ("thc", "marijuana", "weed", "cannabinoids", "pot"), ("cannabinoids",)),
    Substance("dronabinol", ("marinol",), ("cannabinoids",), ("cannabinoids",)),
    Substance("pcp", ("phencyclidine",), ("pcp",)),
    Substance("alcohol", ("ethanol", "beer", "wine", "liquor", "drinking"), ALCOHOL),
    # Shows in no test; alcohol with it is dangerous.
    Substance("disulfiram", ("antabuse",)),
    # Exposure counts (ASAM drug-testing pocket guide).
    Substance("mouthwash", ("mouth wash",), ("etg", "ets")),
    Substance("hand sanitizer", ("sanitizer",), ("etg", "ets")),
)
_READ_WRONGLY = (
    Substance("bupropion", ("wellbutrin", "zyban"), may_read_as=("amphetamines",)),
    Substance("labetalol", ("trandate",), may_read_as=("amphetamines",)),
    Substance("trazodone", ("desyrel",), may_read_as=("amphetamines",)),
    Substance("pseudoephedrine", ("sudafed",), may_read_as=("amphetamines",)),
    Substance("sertraline", ("zoloft",), may_read_as=("benzodiazepines",)),
    Substance("quetiapine", ("seroquel",), may_read_as=("methadone",)),
    Substance("dextromethorphan", ("robitussin", "dxm"), may_read_as=("pcp",)),
    Substance("venlafaxine", ("effexor",), may_read_as=("pcp",)),
    Substance("efavirenz", ("sustiva",), may_read_as=("cannabinoids",)),
)

ROWS: tuple[Substance, ...] = (*_OPIOIDS, *_SEDATIVES, *_STIMULANTS, *_OTHERS, *_READ_WRONGLY)
ALL: dict[str, Substance] = {row.code: row for row in ROWS}
_BY_NAME = {plain(name): row for row in ROWS for name in (row.code, *row.names)}


def find_substance(name: str) -> Substance | None:
    """The substance that a name begins with: “Buprenorphine/naloxone 8 mg film” is buprenorphine."""
    words = plain(name.replace("/", " ").replace(",", " ")).split()
    for length in range(min(len(words), 4), 0, -1):
        found = _BY_NAME.get(" ".join(words[:length]))
        if found is not None:
            return found
    return None
