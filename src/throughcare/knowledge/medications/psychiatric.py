"""Psychiatric medications."""

from throughcare.knowledge.medications.drug import Drug, Product, products

SOURCE = "labels of the products; ingredients as in the CPIC schema; RxNorm products as in ecqm-content-qicore-2024"
LOWERS_MOOD = "Lifts low mood and calms worry; it takes some weeks to work."
STEADIES = "Keeps your mood from swinging too high or too low."
CLEARS = "Quiets voices and racing thoughts, and helps with sleep or mood."
UNDER_25 = "Under 25 years: watch for new or worse thoughts of suicide, most of all after a start or a change of dose."


def _antidepressant(
    code: str,
    title: str,
    rxnorm: str,
    brand: str,
    *found: Product,
    also: tuple[str, ...] = (),
    schedule: str = "daily",
    why: str = LOWERS_MOOD,
) -> Drug:
    return Drug(
        code,
        title,
        rxnorm,
        frozenset({"antidepressant", *also}),
        why,
        SOURCE,
        schedule=schedule,
        brands=(brand,),
        products=found,
        facts=(UNDER_25,),
        warnings=("Stopped slowly, not from one day to the next.",),
        checks=("under_25",),
    )


def _antipsychotic(code: str, title: str, rxnorm: str, brand: str, *also: str) -> Drug:
    return Drug(
        code,
        title,
        rxnorm,
        frozenset({"antipsychotic", *also}),
        CLEARS,
        SOURCE,
        brands=(brand,),
    )


ANTIDEPRESSANTS = (
    _antidepressant(
        "sertraline", "Sertraline", "36437", "Zoloft", *products("tablet", "312941", "312938")
    ),
    _antidepressant("fluoxetine", "Fluoxetine", "4493", "Prozac", *products("capsule", "310385")),
    _antidepressant(
        "escitalopram", "Escitalopram", "321988", "Lexapro", *products("tablet", "349332"), also=("prolongs_qt",)
    ),
    _antidepressant("citalopram", "Citalopram", "2556", "Celexa", also=("prolongs_qt",)),
    _antidepressant(
        "mirtazapine", "Mirtazapine", "15996", "Remeron", *products("tablet", "311725"), schedule="bedtime"
    ),
    _antidepressant("duloxetine", "Duloxetine", "72625", "Cymbalta", *products("capsule", "596930", "596934")),
    _antidepressant("venlafaxine", "Venlafaxine", "39786", "Effexor"),
    _antidepressant("bupropion", "Bupropion", "42347", "Wellbutrin"),
    _antidepressant(
        "trazodone", "Trazodone", "10737", "Desyrel", *products("tablet", "856377"), schedule="bedtime",
        also=("sedative",), why="Helps you fall asleep and lifts low mood.",
    ),
)  # fmt: skip

MOOD = (
    Drug(
        "lithium",
        "Lithium",
        "6448",
        frozenset({"mood_stabilizer"}),
        STEADIES,
        SOURCE,
        brands=("Lithobid",),
        facts=("The level in the blood is taken 12 hours after a dose.",),
        warnings=("Too much is poisonous: thirst, tremor, vomiting and confusion need a level today.",),
        checks=("lithium_level", "lithium_organs"),
    ),
    Drug(
        "valproate",
        "Valproate",
        "40254",
        frozenset({"mood_stabilizer"}),
        STEADIES,
        SOURCE,
        schedule="twice_daily",
        brands=("Depakote", "Divalproex"),
        warnings=("Harms an unborn child. Can harm the liver and lower platelets.",),
        checks=("valproate_level", "valproate_organs"),
    ),
    Drug(
        "lamotrigine", "Lamotrigine", "28439", frozenset({"mood_stabilizer"}), STEADIES, SOURCE,
        brands=("Lamictal",),
        warnings=("A rash in the first weeks is seen the same day. After 5 days without it, it is started anew.",),
    ),
    Drug(
        "clozapine",
        "Clozapine",
        "2626",
        frozenset({"antipsychotic", "sedative"}),
        CLEARS,
        SOURCE,
        brands=("Clozaril",),
        warnings=("Can stop the making of white blood cells: fever or sore throat needs a count today.",),
        checks=("clozapine_anc",),
    ),
)  # fmt: skip

ANTIPSYCHOTICS = (
    _antipsychotic("aripiprazole", "Aripiprazole", "89013", "Abilify"),
    _antipsychotic(
        "quetiapine",
        "Quetiapine",
        "51272",
        "Seroquel",
        "prolongs_qt",
        "sedative",
    ),
    _antipsychotic("olanzapine", "Olanzapine", "61381", "Zyprexa", "sedative"),
    _antipsychotic("risperidone", "Risperidone", "35636", "Risperdal"),
    _antipsychotic("haloperidol", "Haloperidol", "5093", "Haldol", "prolongs_qt"),
    _antipsychotic("ziprasidone", "Ziprasidone", "115698", "Geodon", "prolongs_qt"),
)

ROWS = (*ANTIDEPRESSANTS, *MOOD, *ANTIPSYCHOTICS)
