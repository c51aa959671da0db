"""COWS: opioid withdrawal, eleven signs rated by a clinician."""

from throughcare.knowledge.questionnaires.questionnaire import Band, Example, Item, Licence, Questionnaire
from throughcare.knowledge.questionnaires.scales import valued
from throughcare.knowledge.questionnaires.sums import summed

ITEMS = (
    Item(
        1,
        "Resting pulse rate",
        valued(
            (0, "Pulse rate 80 or below"),
            (1, "Pulse rate 81–100"),
            (2, "Pulse rate 101–120"),
            (4, "Pulse rate greater than 120"),
        ),
        text="Measured after the patient is sitting or lying for one minute.",
    ),
    Item(
        2,
        "Sweating",
        valued(
            (0, "No report of chills or flushing"),
            (1, "Subjective report of chills or flushing"),
            (2, "Flushed or observable moistness on face"),
            (3, "Beads of sweat on brow or face"),
            (4, "Sweat streaming off face"),
        ),
        text="Over past half hour, not accounted for by room temperature or patient activity.",
    ),
    Item(
        3,
        "Restlessness",
        valued(
            (0, "Able to sit still"),
            (1, "Reports difficulty sitting still, but is able to do so"),
            (3, "Frequent shifting or extraneous movements of legs/arms"),
            (5, "Unable to sit still for more than a few seconds"),
        ),
        text="Observation during assessment.",
    ),
    Item(
        4,
        "Pupil size",
        valued(
            (0, "Pupils pinned or normal size for room light"),
            (1, "Pupils possibly larger than normal for room light"),
            (2, "Pupils moderately dilated"),
            (5, "Pupils so dilated that only the rim of the iris is visible"),
        ),
    ),
    Item(
        5,
        "Bone or joint aches",
        valued(
            (0, "Not present"),
            (1, "Mild diffuse discomfort"),
            (2, "Patient reports severe diffuse aching of joints/muscles"),
            (4, "Patient is rubbing joints or muscles and is unable to sit still because of discomfort"),
        ),
        text="If patient was having pain previously, only the additional component attributed to opiate withdrawal "
        "is scored.",
    ),
    Item(
        6,
        "Runny nose or tearing",
        valued(
            (0, "Not present"),
            (1, "Nasal stuffiness or unusually moist eyes"),
            (2, "Nose running or tearing"),
            (4, "Nose constantly running or tears streaming down cheeks"),
        ),
        text="Not accounted for by cold symptoms or allergies.",
    ),
    Item(
        7,
        "GI upset",
        valued(
            (0, "No GI symptoms"),
            (1, "Stomach cramps"),
            (2, "Nausea or loose stool"),
            (3, "Vomiting or diarrhea"),
            (5, "Multiple episodes of diarrhea or vomiting"),
        ),
        text="Over last half hour.",
    ),
    Item(
        8,
        "Tremor",
        valued(
            (0, "No tremor"),
            (1, "Tremor can be felt, but not observed"),
            (2, "Slight tremor observable"),
            (4, "Gross tremor or muscle twitching"),
        ),
        text="Observation of outstretched hands.",
    ),
    Item(
        9,
        "Yawning",
        valued(
            (0, "No yawning"),
            (1, "Yawning once or twice during assessment"),
            (2, "Yawning three or more times during assessment"),
            (4, "Yawning several times/minute"),
        ),
        text="Observation during assessment.",
    ),
    Item(
        10,
        "Anxiety or irritability",
        valued(
            (0, "None"),
            (1, "Patient reports increasing irritability or anxiousness"),
            (2, "Patient obviously irritable or anxious"),
            (4, "Patient so irritable or anxious that participation in the assessment is difficult"),
        ),
    ),
    Item(
        11,
        "Gooseflesh skin",
        valued(
            (0, "Skin is smooth"),
            (3, "Piloerection of skin can be felt or hairs standing up on arms"),
            (5, "Prominent piloerection"),
        ),
    ),
)

QUESTIONNAIRE = Questionnaire(
    code="cows",
    title="Clinical Opiate Withdrawal Scale (COWS)",
    about="How severe opioid withdrawal is now.",
    items=ITEMS,
    recall="now, and the last half hour",
    score_parts=summed(11),
    missing_rule="No score with a missing rating.",
    bands=(
        Band("none", 0, 4),
        Band("mild", 5, 12),
        Band("moderate", 13, 24),
        Band("moderately severe", 25, 36),
        Band("severe", 37, 48),
    ),
    total_range=(0, 48),
    licence=Licence(True, "Copying and clinical use allowed; known in the field, not re-read at its source."),
    source="Wesson and Ling 2003, as printed in SAMHSA TIP 40; bands NIDA CTN",
    examples=(
        Example("nothing", (0,) * 11, {"total": 0, "band": "none", "positive": None}),
        Example("four is none", (4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), {"total": 4, "band": "none"}),
        Example("five is mild", (4, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0), {"total": 5, "band": "mild"}),
        Example("twelve is mild", (4, 4, 3, 1, 0, 0, 0, 0, 0, 0, 0), {"total": 12, "band": "mild"}),
        Example("thirteen is moderate", (4, 4, 5, 0, 0, 0, 0, 0, 0, 0, 0), {"total": 13, "band": "moderate"}),
        Example("the most", (4, 4, 5, 5, 4, 4, 5, 4, 4, 4, 5), {"total": 48, "band": "severe"}),
        Example(
            "a missing rating: no score", (4, 4, 5, 5, 4, 4, 5, 4, 4, 4, None), {"total": None, "missing": 1}
        ),
    ),
)
