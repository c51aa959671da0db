"""Tricks: wrong methods, no token, crooked paths, crooked parameters, fragments and print."""

from tests.prober.material import Address, Filled
from tests.prober.probing import Prober

METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
ENDINGS = ("/", ".", "%00", "%2e%2e", "/..", ";x=1", "%0d%0aSet-Cookie:a=b", "//", ".json", "~")
# What a form doesn't ask may not count; ids of someone else are put in for `OTHER`.
EXTRA = {
    "is_staff": "1",
    "is_superuser": "1",
    "roles": "director",
    "signed_by": "OTHER",
    "patient_id": "OTHER",
    "recorded_by": "1",
    "organization": "1",
    "organization_id": "1",
}
SIGNED_IN = ("clinician", "patient_a", "family_a", "front_desk", "other_org_clinician")


class Tricks:
    """Asked as a few roles: what is tried here doesn't depend on the role."""

    def __init__(self, prober: Prober) -> None:
        self.prober, self.material = prober, prober.material

    def play(self, roles: tuple[str, ...] = SIGNED_IN) -> None:
        """All of them."""
        self.play_with_addresses()
        for role in roles:
            self.play_as(role)

    def play_with_addresses(self) -> None:
        """What hangs on no role: methods that nobody stated, and what comes without a token."""
        for address in self.material.addresses:
            at = self._somewhere(address)
            self._methods(address, at)
            if address.method == "POST":
                self._without_token(address, at)

    def play_as(self, role: str) -> None:
        """Other ways to ask, crooked paths and parameters, fields that no form has: where this role may go."""
        for address in self.material.addresses:
            if self.prober.judge.expected(role, address) != "in":
                continue
            if address.method == "GET":
                self._other_ways(role, address)
                self._crooked(role, address)
            if address.method == "POST":
                self._extra_fields(role, address)

    def _somewhere(self, address: Address) -> Filled:
        at = self.material.own_path(address, "director") or self.material.absent_path(address, "director")
        return at or Filled(address.url, ())

    def _methods(self, address: Address, at: Filled) -> None:
        """A method that an address doesn't state is answered with 405, to everyone alike."""
        stated = {one.method for one in self.material.addresses if one.url == address.url} | {"HEAD"}
        if address.method != sorted(stated - {"HEAD"})[0]:
            return  # once for each address
        for method in sorted({*METHODS, "GET", "POST"} - stated):
            answer = self.prober.asker.ask("director", method, at.path)
            self.prober.cells["method"] += 1
            if answer.status != 405:
                self.prober.note("director", address, at, f"{method} answers {answer.status}")

    def _without_token(self, address: Address, at: Filled) -> None:
        """What a page of someone else makes the browser send."""
        answer = self.prober.asker.ask("director", "POST", at.path, address.body, csrf=True)
        self.prober.cells["no token"] += 1
        if answer.status != 403:
            self.prober.note("director", address, at, f"without its token answers {answer.status}")

    def _other_ways(self, role: str, address: Address) -> None:
        """As a fragment and for print: the same is refused, the same is kept back."""
        other = next(self.material.foreign_paths(address, role), None)
        own = self.material.own_path(address, role)
        for at in [one for one in (own, other) if one is not None]:
            fragment = self.prober.ask(role, address, at, "fragment", **{"HX-Request": "true"})
            printed = self.prober.ask(role, address, Filled(at.path + "?print=1", at.ids), "print")
            if at is other and at.ids:
                for answer in (fragment, printed):
                    if answer.status != 404:
                        self.prober.note(role, address, at, f"another way in answers {answer.status}")

    def _crooked(self, role: str, address: Address) -> None:
        """Paths and parameters that point to someone else."""
        own = self.material.own_path(address, role)
        foreign = next(self.material.foreign_paths(address, role), None)
        stranger = foreign.ids[0] if foreign is not None and foreign.ids else self._stranger(role)
        if own is None:
            return
        named = "&".join(
            f"{name}={stranger}" for name in ("patient", "patient_id", "id", "uid", "account", "as")
        )
        self.prober.ask(
            role, address, Filled(f"{own.path}?{named}&patient=1&page=-1&site=x&q=%00", own.ids), "query"
        )
        at = foreign or own
        crooked = [at.path.rstrip("/") + ending for ending in ENDINGS]
        if own.ids and foreign is not None and foreign.ids:
            crooked += [
                own.path + "/../" + foreign.path.lstrip("/"),
                foreign.path.replace(foreign.ids[0], foreign.ids[0].upper()),
                foreign.path.replace(foreign.ids[0], "%7B" + foreign.ids[0] + "%7D"),
                own.path.replace(own.ids[0], own.ids[0] + "%2f..%2f" + foreign.ids[0]),
            ]
        for path in crooked:
            answer = self.prober.ask(role, address, Filled(path, at.ids), "crooked path")
            if foreign is not None and foreign.ids and answer.status == 200:
                self.prober.note(
                    role, address, Filled(path, ()), "a crooked path to someone else answers 200"
                )

    def _stranger(self, role: str) -> str:
        owners = set(self.material.ids["patient"]) - self.material.may_see(role)
        return str(self.material.ids["patient"][min(owners)][0])

    def _extra_fields(self, role: str, address: Address) -> None:
        """Fields that nobody asked for change nothing about the answer."""
        own = self.material.own_path(address, role)
        if (
            own is None or not address.body
        ):  # an empty form asks again; with a field in it, it says what is missing
            return
        stranger = self._stranger(role)
        extra = {name: stranger if value == "OTHER" else value for name, value in EXTRA.items()}
        body = address.body or {}
        plain = self.prober.asker.ask(role, "POST", own.path, body)
        more = self.prober.asker.ask(role, "POST", own.path, {**extra, **body})
        self.prober.cells["extra fields"] += 2
        leads = [one.headers.get("Location", "").partition("?")[0] for one in (plain, more)]
        if plain.status != more.status or (plain.status == 302 and _shape(leads[0]) != _shape(leads[1])):
            self.prober.note(role, address, own, f"extra fields change {plain.status} to {more.status}")
        for because in self.prober.judge.always(role, more, address.body):
            self.prober.note(role, address, own, f"(extra fields) {because}")


def _shape(path: str) -> list[str]:
    """A path without what was made anew."""
    return [part for part in path.split("/") if len(part) < 20]
