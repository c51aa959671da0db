"""Other medications that matter for rules, drug tests or safety."""

from throughcare.knowledge.medications.drug import Drug

SOURCE = "labels of the products (general knowledge)"
SLOWS = "With an opioid or alcohol it can stop the breathing."


def _benzodiazepine(code: str, title: str, rxnorm: str, brand: str) -> Drug:
    return Drug(
        code,
        title,
        rxnorm,
        frozenset({"benzodiazepine", "sedative"}),
        "Calms strong fear or withdrawal for a short time.",
        SOURCE,
        brands=(brand,),
        warnings=(SLOWS, "Never stopped at once after regular use: that can bring on seizures."),
        controlled="IV",
    )


def _opioid(code: str, title: str, rxnorm: str, brands: tuple[str, ...], schedule: str) -> Drug:
    return Drug(
        code,
        title,
        rxnorm,
        frozenset({"opioid"}),
        "Eases strong pain.",
        SOURCE,
        schedule="as_needed",
        brands=brands,
        warnings=(SLOWS,),
        controlled=schedule,
    )


def _stimulant(code: str, title: str, rxnorm: str, brand: str) -> Drug:
    return Drug(
        code,
        title,
        rxnorm,
        frozenset({"stimulant"}),
        "Helps you keep your mind on one thing.",
        SOURCE,
        brands=(brand,),
        controlled="II",
    )


def _plain(
    code: str, title: str, rxnorm: str, brand: str, why: str, *classes: str, schedule: str = "daily"
) -> Drug:
    return Drug(
        code, title, rxnorm, frozenset(classes or ("other",)), why, SOURCE, schedule=schedule, brands=(brand,)
    )


ROWS = (
    _benzodiazepine("alprazolam", "Alprazolam", "596", "Xanax"),
    _benzodiazepine("clonazepam", "Clonazepam", "2598", "Klonopin"),
    _benzodiazepine("diazepam", "Diazepam", "3322", "Valium"),
    _benzodiazepine("lorazepam", "Lorazepam", "6470", "Ativan"),
    _opioid("oxycodone", "Oxycodone", "7804", ("OxyContin", "Percocet"), "II"),
    _opioid("hydrocodone", "Hydrocodone", "5489", ("Norco", "Vicodin"), "II"),
    _opioid("morphine", "Morphine", "7052", ("MS Contin",), "II"),
    _opioid("codeine", "Codeine", "2670", ("Tylenol with codeine",), "II"),
    _opioid("tramadol", "Tramadol", "10689", ("Ultram",), "IV"),
    _opioid("fentanyl", "Fentanyl", "4337", ("Duragesic",), "II"),
    _stimulant("amphetamine", "Amphetamine salts", "725", "Adderall"),
    _stimulant("lisdexamfetamine", "Lisdexamfetamine", "700810", "Vyvanse"),
    _stimulant("methylphenidate", "Methylphenidate", "6901", "Ritalin"),
    Drug(
        "zolpidem", "Zolpidem", "39993", frozenset({"sedative"}), "Helps you fall asleep.", SOURCE,
        schedule="bedtime", brands=("Ambien",), warnings=(SLOWS,), controlled="IV",
    ),
    _plain("hydroxyzine", "Hydroxyzine", "5553", "Vistaril", "Calms worry and itching.", "sedative",
           "prolongs_qt", schedule="as_needed"),
    _plain("buspirone", "Buspirone", "1827", "Buspar", "Calms lasting worry.", schedule="twice_daily"),
    _plain("prazosin", "Prazosin", "8629", "Minipress", "Makes nightmares rarer.", schedule="bedtime"),
    _plain("clonidine", "Clonidine", "2599", "Catapres", "Eases withdrawal: sweating, restlessness.",
           schedule="three_daily"),
    _plain("propranolol", "Propranolol", "8787", "Inderal", "Calms shaking and a racing heart.",
           schedule="twice_daily"),
    _plain("metronidazole", "Metronidazole", "6922", "Flagyl", "Treats an infection.", "reacts_with_disulfiram",
           "reacts_with_alcohol", schedule="three_daily"),
    _plain("ondansetron", "Ondansetron", "26225", "Zofran", "Stops nausea.", "prolongs_qt",
           schedule="as_needed"),
)  # fmt: skip
