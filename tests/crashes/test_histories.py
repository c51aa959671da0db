"""The checker of histories: it passes what one order explains, and catches five bugs planted in a small store."""

import random

import pytest
from bench.histories.checker import check
from bench.histories.history import OK, REFUSED, UNKNOWN, Operation, Thing
from bench.histories.rules import RULES

THINGS = (
    Thing("plan", "plan"),
    Thing("dose", "dose", ("start",)),
    Thing("marks", "marks"),
    Thing("note", "note", (1, "start", False)),
    Thing("consent", "consent", (True, 0)),
    Thing("crisis", "crisis"),
    Thing("pair", "pair", frozenset()),
)
WRITES = {
    "plan": ("save",),
    "dose": ("change",),
    "marks": ("mark",),
    "note": ("write", "write", "sign"),
    "consent": ("tell", "tell", "tell", "revoke"),
    "crisis": ("take",),
    "pair": ("order", "stop"),
}
BUGS = ("lost update", "stale read", "write skew", "double ack", "resurrected delete")


class Store:
    """A store in which each operation looks, waits while others act, and writes; with one bug, or none."""

    def __init__(self, seed, bug=""):
        self.dice, self.bug = random.Random(seed), bug
        self.states = {thing.name: thing.start for thing in THINGS}
        self.before = dict(self.states)
        self.history, self.now = [], 0.0

    def run(self, rounds=40):
        for number in range(rounds):
            thing = self.dice.choice(THINGS)
            together = [self.ask(thing, f"{number}.{one}") for one in range(self.dice.randint(1, 4))]
            began = self.tick()
            seen = self.states[thing.name]
            acts = [(op, self.act(thing, op, seen)) for op in together]
            for op, (result, answer) in acts:
                lost = self.dice.random() < 0.1
                ended = None if lost else self.tick()
                said = (UNKNOWN, None) if lost else (result, answer)
                self.history.append(
                    Operation(thing.name, op.verb, began, ended, *said[:1], op.value, op.saw, said[1])
                )
            self.tick()
        return self.history

    def ask(self, thing, token):
        """What somebody asks for, having read the state as it is now, or as it was."""
        state = self.states[thing.name] if self.dice.random() < 0.8 else self.before[thing.name]
        verb = "read" if self.dice.random() < 0.3 else self.dice.choice(WRITES[thing.kind])
        saw = len(state) if thing.kind in ("plan", "dose") else state[0] if thing.kind == "note" else 0
        value = token if verb != "read" else ""
        if thing.kind == "crisis":
            value = f"person {self.dice.randint(1, 2)}" if verb != "read" else ""
        if thing.kind == "pair" and verb != "read":
            verb = "stop" if state and self.dice.random() < 0.8 else "order"
            value = self.dice.choice(sorted(state)) if verb == "stop" else f"{self.dice.choice('ab')}:{token}"
        return Operation("", verb, 0.0, None, UNKNOWN, value, saw)

    def act(self, thing, op, seen):
        """Do it on what stands; with a bug, on what was seen before the others of this moment acted."""
        name, rule, now = thing.name, RULES[thing.kind], self.states[thing.name]
        if self.bug == "stale read" and op.verb == "read" and thing.kind in ("plan", "dose"):
            return rule(self.before[name], op)[1:]
        if self.bug == "lost update" and thing.kind in ("plan", "dose") and op.verb != "read":
            new, result, answer = rule(seen, op)  # whoever writes last wins
        elif self.bug == "write skew" and thing.kind == "pair" and op.verb == "order":
            _, result, answer = rule(seen, op)  # weighed against a snapshot
            new = now | {op.value} if result == OK else now
        elif self.bug == "double ack" and thing.kind == "crisis" and op.verb == "take":
            new, result, answer = (*now, op.value), OK, None
        elif (
            self.bug == "resurrected delete" and thing.kind == "consent" and op.verb == "tell" and not now[0]
        ):
            new, result, answer = (True, now[1] + 1), OK, None  # an old copy is written back
        else:
            new, result, answer = rule(now, op)
        if new != now:
            self.before[name] = now
        self.states[name] = new
        return result, answer

    def tick(self):
        self.now += 1.0
        return self.now


@pytest.mark.parametrize("seed", range(30))
def test_a_store_without_a_bug_has_no_anomaly(seed):
    assert check(THINGS, Store(seed).run()) == ()


@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_caught(bug):
    caught = sum(bool(check(THINGS, Store(seed, bug).run(120))) for seed in range(20))
    assert caught >= 18, f"{bug}: {caught} of 20"


def told(thing, *rows):
    """The anomalies of one thing's history, written as (verb, value, saw, began, ended, result, answer)."""
    operations = [
        Operation(thing.name, verb, began, ended, result, value, saw, answer)
        for verb, value, saw, began, ended, result, answer in rows
    ]
    return check((thing,), operations)


def test_a_write_without_an_answer_may_have_happened_or_not():
    write = ("save", "a", 0, 1.0, None, UNKNOWN, None)
    assert not told(THINGS[0], write, ("read", "", 0, 2.0, 3.0, OK, (1, "a")))
    assert not told(THINGS[0], write, ("read", "", 0, 2.0, 3.0, OK, (0, "")))


def test_a_write_without_an_answer_never_happens_twice_nor_before_it_began():
    mark = ("mark", "a", 0, 1.0, None, UNKNOWN, None)
    assert told(THINGS[2], mark, ("all", "", 0, 8.0, 9.0, OK, ("a", "a")))
    assert told(THINGS[2], ("read", "", 0, 0.1, 0.5, OK, "a"), mark)


def test_what_was_read_once_can_not_be_unread():
    write = ("save", "a", 0, 1.0, None, UNKNOWN, None)
    first, later = (
        ("read", "", 0, began, began + 0.5, OK, said) for began, said in ((2.0, (1, "a")), (3.0, (0, "")))
    )
    assert told(THINGS[0], write, first, later)


def test_marks_that_are_lost_or_change_places_are_seen_at_the_end():
    rows = [("mark", name, 0, float(n), n + 0.5, OK, None) for n, name in enumerate("abc")]
    assert not told(THINGS[2], *rows, ("all", "", 0, 8.0, 9.0, OK, ("a", "b", "c")))
    for wrong in (("a", "c"), ("b", "a", "c"), ("a", "b", "c", "c")):
        assert told(THINGS[2], *rows, ("all", "", 0, 8.0, 9.0, OK, wrong))


def test_nothing_is_told_once_the_revocation_was_acknowledged_nor_withheld_before_it_began():
    revoke = ("revoke", "", 0, 2.0, 3.0, OK, None)
    assert told(THINGS[4], revoke, ("tell", "", 0, 3.1, 4.0, OK, None))
    assert told(THINGS[4], ("tell", "", 0, 1.0, 1.5, REFUSED, None), revoke)
    assert not told(THINGS[4], revoke, ("tell", "", 0, 2.9, 4.0, OK, None), ("read", "", 0, 5.0, 6.0, OK, 1))


def test_a_search_that_was_given_up_counts_as_an_anomaly(monkeypatch):
    monkeypatch.setattr("bench.histories.checker.MOST_TRIED", 3)
    assert check(THINGS, Store(1).run())


def test_what_fits_nowhere_is_shown_with_what_was_around_it():
    (wrong,) = told(THINGS[0], ("save", "a", 0, 1.0, 2.0, OK, 1), ("read", "", 0, 3.0, 4.0, OK, (0, "")))
    assert "> 3.000–4.000" in str(wrong)
