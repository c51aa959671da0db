"""Every address as every role: own ids, someone else's, nobody's; then tricks with methods, paths and parameters."""

from collections import Counter
from collections.abc import Iterable
from itertools import islice

from tests.prober.asking import Answer, Asker
from tests.prober.judging import GONE, Judge, Wrong
from tests.prober.material import Address, Filled, Material

# What is dropped is gone, whether it was there or not.
SEND_IN_LIGHT = frozenset({"patient_a", "family_a", "other_org_clinician", "anonymous", "suspended", "admin"})
NOTHING_TO_DROP = {"drop_form"}
# Who treats someone must know from whom to keep them apart, wherever that one is treated.
TOLD_ACROSS_SITES = {("other_site_clinician", "kept_apart")}


class Prober:
    """Asks and keeps what was wrong; `cells` counts what was asked, by kind."""

    def __init__(self, material: Material, *, light: bool = False) -> None:
        self.material, self.judge, self.light = material, Judge(material), light
        self.asker = Asker(material.roles)
        self.wrong: list[Wrong] = []
        self.cells: Counter[str] = Counter()
        self.table: dict[tuple[str, str, str, str], str] = {}

    def probe(self, roles: Iterable[str]) -> None:
        """The whole matrix for these roles."""
        for role in roles:
            for address in self.material.addresses:
                if not (self.light and address.method == "POST" and role not in SEND_IN_LIGHT):
                    self.matrix(role, address)

    def matrix(self, role: str, address: Address) -> None:
        """One cell of the matrix: own, foreign, absent."""
        expected = self.judge.expected(role, address)
        own = self.material.own_path(address, role)
        absent = self.material.absent_path(address, role)
        if expected != "in":
            at = own or next(self.material.foreign_paths(address, role), None) or absent
            if at is not None:
                answer = self.ask(role, address, at, "refused")
                for because in self.judge.refusal(expected, answer):
                    self.note(role, address, at, because)
                self.state(role, address, "any", expected)
            return
        if own is not None:
            answer = self.ask(role, address, own, "own")
            self.state(role, address, "own", str(answer.status))
        if absent is None:
            return
        nobody = self.ask(role, address, absent, "absent")
        self.state(role, address, "absent", str(nobody.status))
        if not absent.ids:
            return
        if nobody.status not in GONE and address.name not in NOTHING_TO_DROP:
            self.note(role, address, absent, f"an id that is nobody's answers {nobody.status}")
        for foreign in islice(self.material.foreign_paths(address, role), 1 if self.light else None):
            if foreign.ids and not (own and foreign.path == own.path):
                answer = self.ask(role, address, foreign, "foreign")
                self.state(role, address, "foreign", str(answer.status))
                self.same(role, address, foreign, answer, absent, nobody)
        if self.light and address.method == "GET" and role != "clinician":
            return
        for foreign, none, hidden in self.material.swapped(address, role):
            answer = self.ask(role, address, foreign, "swapped")
            if hidden:
                self.same(role, address, foreign, answer, none, self.ask(role, address, none, "absent"))
            elif answer.status < 400:
                self.note(role, address, foreign, f"ids that don't belong together answer {answer.status}")

    def same(
        self, role: str, address: Address, foreign: Filled, answer: Answer, absent: Filled, nobody: Answer
    ) -> None:
        """Someone else's id must answer as nobody's does."""
        one, other = answer.without(foreign.ids), nobody.without(absent.ids)
        if one != other:
            how = f"{one[0]} and {other[0]}" if one[0] != other[0] else "in its words"
            self.note(role, address, foreign, f"someone else's id differs from nobody's: {how}")

    def ask(self, role: str, address: Address, at: Filled, kind: str, **headers: str) -> Answer:
        """Ask, and judge what holds for every answer."""
        answer = self.asker.ask(role, address.method, at.path, address.body, **headers)
        self.cells[kind] += 1
        for because in self.judge.always(role, answer, address.body):
            if (role, address.name) in TOLD_ACROSS_SITES and because.startswith("shows patient_"):
                continue
            self.note(role, address, at, f"({kind}) {because}")
        return answer

    def note(self, role: str, address: Address, at: Filled, because: str) -> None:
        """Keep a wrong answer."""
        self.wrong.append(Wrong(role, f"{address.method} {address.name}", at.path, because))

    def state(self, role: str, address: Address, kind: str, word: str) -> None:
        """Keep what a cell answered."""
        self.table[role, address.name, address.method, kind] = word
