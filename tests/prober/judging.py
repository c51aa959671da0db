"""What is wrong with an answer: too much in it, kept by a cache, different from absence, or an error of ours."""

from dataclasses import dataclass

from tests.prober.asking import Answer
from tests.prober.material import Address, Material

GONE = frozenset({404, 410})


@dataclass(frozen=True)
class Wrong:
    """One wrong answer: who asked what, and what is wrong with it."""

    role: str
    what: str
    path: str
    because: str

    def words(self) -> str:
        """For a list that someone reads."""
        return f"{self.role} {self.what} {self.path}: {self.because}"


class Judge:
    """Knows which words each role may not meet."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.forbidden = {role: material.forbidden(role) for role in material.roles}
        self.personal = {
            word
            for key, words in material.markers.items()
            if key.split(":")[0] in material.ids["patient"]
            for word in words
        }

    def always(self, role: str, answer: Answer, sent: object = None) -> list[str]:
        """What holds for every answer whatever was asked. A word that was sent may come back."""
        wrong, typed = list[str](), str(sent).lower()
        if answer.status >= 500:
            wrong.append(f"status {answer.status} {answer.error}")
        words = answer.words
        wrong += sorted(
            {
                f"shows {key} ({word})"
                for word, key in self.forbidden[role].items()
                if word in words and word not in typed
            }
        )
        is_private = any(word in words for word in self.personal)
        if is_private and "no-store" not in answer.headers.get("Cache-Control", ""):
            wrong.append("personal words without no-store")
        return wrong

    def expected(self, role: str, address: Address) -> str:
        """What the role gets at this address before any id is looked at: `in`, `sign-in`, `protect` or `refused`."""
        held = HELD.get(role, frozenset())
        if address.public:
            return "in"
        if role == "anonymous" or self.material.roles[role]["dead"]:
            return "sign-in"
        if role == "without_factor" and address.name not in WITHOUT_FACTOR:
            return "protect"
        return "in" if held & address.roles else "refused"

    def refusal(self, expected: str, answer: Answer) -> list[str]:
        """Whether who is not let in got what is meant for them."""
        leads = answer.headers.get("Location", "").partition("?")[0]
        if expected == "sign-in" and (answer.status, leads) != (302, "/sign-in"):
            return [f"not led to sign in: {answer.status} {leads}"]
        if expected == "protect" and (answer.status, leads) != (302, "/me/second-step"):
            return [f"let in without a second step: {answer.status} {leads}"]
        if expected == "refused" and answer.status != 403:
            return [f"not refused: {answer.status}"]
        return []


# The roles that the fixture's people hold; stated here once more, so that a role that grew is noticed.
HELD = {
    **{
        role: frozenset({role})
        for role in ("admissions", "clinician", "facilitator", "case_manager", "nurse")
    },
    **{role: frozenset({role}) for role in ("prescriber", "reviewer", "biller", "director", "compliance")},
    **{role: frozenset({role}) for role in ("admin", "front_desk")},
    "patient_a": frozenset({"patient"}),
    "patient_b": frozenset({"patient"}),
    "alumnus_a": frozenset({"alumnus"}),
    "family_a": frozenset({"family"}),
    "family_revoked": frozenset({"family"}),
    "other_site_clinician": frozenset({"clinician"}),
    "other_org_clinician": frozenset({"clinician", "facilitator"}),
    "other_org_director": frozenset({"director", "admin"}),
    "other_org_patient": frozenset({"patient"}),
    "without_factor": frozenset({"clinician"}),
}
# What staff may do before they have a second factor: set one up, and keep their session.
WITHOUT_FACTOR = frozenset(
    {"me", "protect", "enrol_app", "add_passkey", "recovery_codes", "still_here", "lock", "hold_form"}
)
