"""How each scanner is asked, and what its answer weighs, for `bench.scanners`."""

import json
import re
import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

CSRF = "a" * 32
# Modules of wapiti that ask nobody but the program. Those that need a server of theirs outside are left out.
WAPITI = "sql,timesql,xss,permanentxss,exec,file,crlf,redirect,backup,methods,htaccess,cookieflags,csp,http_headers"
WAPITI_MEDIUM, WAPITI_HIGH = 2, 3
# What a folder of a careless installation would show.
NAMES = Path(__file__).with_name("careless_names.txt").read_text(encoding="utf-8").split()
WITH_WORDS = (
    "/census/",
    "/search",
    "/referrals/",
    "/audit/",
    "/today",
    "/watch/",
    "/my/messages",
    "/my/week",
)


@dataclass(frozen=True)
class Scan:
    """One role's turn: the tools, the fixture, where to write, the server, who asks, and for how long each tool."""

    tools: Path
    fixture: Path
    scratch: Path
    address: str
    role: str
    seconds: int

    @property
    def headers(self) -> dict[str, str]:
        """What a browser of this role sends, with a form token that fits itself."""
        role = read(self.fixture, "roles")[self.role]
        cookie = f"{role['cookie']}; csrftoken={CSRF}".lstrip("; ")
        from_elsewhere = {"X-Forwarded-For": "203.0.113.9"}  # as behind a proxy, not as on this machine
        return {**role.get("headers", {}), **from_elsewhere, "Cookie": cookie, "X-CSRFToken": CSRF}


@dataclass
class Found:
    """What one tool found."""

    tool: str
    role: str = "–"
    high: int = 0
    medium: int = 0
    what: str = ""
    missing: bool = False
    details: list[str] = field(default_factory=list)

    def line(self) -> str:
        """A row of the table."""
        counts = f"{'–':>6}{'–':>8}" if self.missing else f"{self.high:>6}{self.medium:>8}"
        return f"{self.tool:<14}{self.role:<12}{counts}  {self.what}"


def read(folder: Path, name: str) -> Any:
    """One of the fixture's files."""
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def run(command: list[str], seconds: int, cwd: Path | None = None) -> "subprocess.CompletedProcess[str]":
    """A tool's output; one that doesn't end by itself is ended."""
    try:
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=seconds + 90,
            cwd=cwd,
            check=False,
            errors="replace",
        )
    except subprocess.TimeoutExpired as late:
        said = late.stdout.decode(errors="replace") if isinstance(late.stdout, bytes) else late.stdout or ""
        return subprocess.CompletedProcess(command, -1, said, "out of time")


def look_at_source(tools: Path, house: Path) -> Found:
    """bandit over the source, without what somebody has looked at (tests/building/test_guards.py)."""
    reviewed = import_module("tests.building.test_guards").REVIEWED
    done = run(
        [str(tools / "bin/bandit"), "-q", "-r", "src", "-c", "pyproject.toml", "-f", "json"], 600, house
    )
    try:
        rows = json.loads(done.stdout)["results"]
    except ValueError:
        return Found("bandit", missing=True, what="it gave no answer in its time")
    new = [one for one in rows if (one["test_id"], Path(one["filename"]).name) not in reviewed]
    weights = [one["issue_severity"] for one in new]
    return Found(
        "bandit",
        high=weights.count("HIGH"),
        medium=weights.count("MEDIUM"),
        what=f"{len(rows)} places, {len(rows) - len(new)} looked at",
        details=[f"{one['test_id']} {one['filename']}:{one['line_number']}" for one in new],
    )


def look_up_packages(tools: Path, house: Path) -> Found:
    """pip-audit over the locks of what runs; without its advisories it says so."""
    command = [
        str(tools / "bin/pip-audit"),
        "-r",
        "requirements/run.txt",
        "--disable-pip",
        "--no-deps",
        "-f",
        "json",
    ]
    done = run(command, 200, house)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return Found("pip-audit", missing=True, what="it gave no answer")
    looked_up = [one for one in packages if "skip_reason" not in one]
    if not looked_up:
        return Found(
            "pip-audit",
            missing=True,
            what=f"no advisory service within reach for {len(packages)} packages: take requirements/run.txt "
            "to a machine that reaches one, and run pip-audit -r run.txt --disable-pip --no-deps there",
        )
    weak = [f"{one['name']} {one['version']} {bug['id']}" for one in looked_up for bug in one["vulns"]]
    return Found(
        "pip-audit", high=len(weak), what=f"{len(looked_up)} of {len(packages)} packages", details=weak
    )


def ask_with(scan: Scan) -> list[Found]:
    """All that ask the running program, one after the other."""
    askers: dict[str, Callable[[Scan], Found]] = {
        "schemathesis": schemathesis,
        "wapiti": wapiti,
        "sqlmap": sqlmap,
        "ffuf": ffuf,
    }
    return [
        ask(scan)
        if is_signed_in(scan)
        else Found(name, scan.role, missing=True, what="the session had ended")
        for name, ask in askers.items()
    ]


def is_signed_in(scan: Scan) -> bool:
    """Whether the role's first page is still its own: a tool before may have signed it out."""
    asked = urllib.request.Request(f"{scan.address}/", headers=scan.headers)
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return bool(answer.status == 200 and "/sign-in" not in answer.url)
    except urllib.error.HTTPError:
        return False


def schemathesis(scan: Scan) -> Found:
    """Made-up values in every parameter of every address; a 5xx is high."""
    described = scan.scratch / "openapi.json"
    described.write_text(json.dumps(described_addresses(scan.fixture)), encoding="utf-8")
    report = scan.scratch / f"schemathesis-{scan.role}.xml"
    command = [
        str(scan.tools / "bin/schemathesis"),
        "run",
        str(described),
        "--url",
        scan.address,
        "--no-color",
    ]
    command += [
        "--checks",
        "not_a_server_error",
        "--phases",
        "fuzzing",
        "--continue-on-failure",
        "--no-shrink",
        "-n",
        "5",
    ]
    command += ["--max-time", str(scan.seconds), "--report-junit-path", str(report), "--warnings", "off"]
    for name, value in scan.headers.items():
        command += ["-H", f"{name}: {value}"]
    done = run(command, scan.seconds, scan.scratch)
    wrong = sorted({line.strip(" -") for line in done.stdout.splitlines() if "Server error" in line})
    asked = next((line.strip() for line in done.stdout.splitlines() if "generated" in line), "")
    if not re.search(r"[1-9][\d,]* generated", asked):
        return Found("schemathesis", scan.role, missing=True, what="it asked nothing in its time")
    said = report.read_text(encoding="utf-8") if report.exists() else ""
    failures = sum(int(one) for one in re.findall(r'<testsuite [^>]*failures="(\d+)"', said))
    return Found("schemathesis", scan.role, max(failures, len(wrong)), what=asked[:90], details=wrong[:20])


def described_addresses(fixture: Path) -> dict[str, Any]:
    """An OpenAPI description of every address of the fixture."""
    paths: dict[str, dict[str, Any]] = {}
    for one in read(fixture, "routes"):
        url = one["url"].partition("?")[0]
        if one["name"] in ("sign_out", "leave"):
            continue  # asking these ends the session that asks
        names = [part.partition("}")[0] for part in url.split("{")[1:]]
        said: dict[str, Any] = {"responses": {"200": {"description": ""}}}
        said["parameters"] = [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
            for name in names
        ]
        if one["method"] == "GET":
            said["parameters"] += [
                {"name": name, "in": "query", "schema": {"type": "string"}}
                for name in ("q", "sort", "page", "day")
            ]
        else:
            asked = one["body"] if isinstance(one["body"], dict) else {}
            fields = {name: {"type": "string"} for name in asked}
            content = {"schema": {"type": "object", "properties": fields}}
            said["requestBody"] = {"content": {"application/x-www-form-urlencoded": content}}
        paths.setdefault(url, {})[one["method"].lower()] = said
    return {"openapi": "3.0.3", "info": {"title": "Throughcare", "version": "1"}, "paths": paths}


def wapiti(scan: Scan) -> Found:
    """Crawls from the person's first page and attacks what it meets."""
    report = scan.scratch / f"wapiti-{scan.role}.json"
    command = [str(scan.tools / "bin/wapiti"), "-u", f"{scan.address}/", "--scope", "folder", "-m", WAPITI]
    command += ["-f", "json", "-o", str(report), "--no-bugreport", "--flush-session", "-v", "0"]
    command += [
        "--store-session",
        str(scan.scratch / "wapiti"),
        "--store-config",
        str(scan.scratch / "wapiti-config"),
    ]
    command += [
        "--max-scan-time",
        str(scan.seconds // 2),
        "--max-attack-time",
        str(max(10, scan.seconds // 12)),
    ]
    command += [
        "--drop-set-cookie",
        "-x",
        f"{scan.address}/sign-out",
        "-x",
        f"{scan.address}/leave",
        "-d",
        "4",
    ]
    for name, value in scan.headers.items():
        command += ["-H", f"{name}: {value}"]
    run(command, scan.seconds * 2, scan.scratch)
    if not report.exists():
        return Found("wapiti", scan.role, missing=True, what="it gave no report")
    said = json.loads(report.read_text(encoding="utf-8"))
    rows = [(name, one) for name, found in said["vulnerabilities"].items() for one in found]
    high = [one for _, one in rows if one["level"] >= WAPITI_HIGH]
    medium = [one for _, one in rows if one["level"] == WAPITI_MEDIUM]
    details = [
        f"{name}: {one['method']} {one['path']} {one['info']}"[:200]
        for name, one in rows
        if one in high + medium
    ]
    pages = said["infos"].get("crawled_pages_nbr", "?")
    what = f"{pages} pages, {len(rows) - len(high) - len(medium)} of low weight"
    return Found("wapiti", scan.role, len(high), len(medium), what, details=details[:20])


def sqlmap(scan: Scan) -> Found:
    """The query strings of lists and searches, in sorts and filters."""
    targets = scan.scratch / "targets.txt"
    lines = [f"{scan.address}{path}?q=ana&sort=name&page=1&show=all" for path in WITH_WORDS]
    targets.write_text("\n".join(lines), encoding="utf-8")
    headers = "\n".join(f"{name}: {value}" for name, value in scan.headers.items())
    out = scan.scratch / f"sqlmap-{scan.role}"
    command = [
        str(scan.tools / "bin/sqlmap"),
        "-m",
        str(targets),
        "--headers",
        headers,
        "--batch",
        "--offline",
    ]
    command += ["--level", "1", "--risk", "1", "--smart", "--disable-coloring", "--output-dir", str(out)]
    done = run(command, scan.seconds, scan.scratch)
    weak = [line for line in done.stdout.splitlines() if "is vulnerable" in line or "Parameter: " in line]
    asked = done.stdout.count("testing URL") or done.stdout.count("testing connection")
    return Found(
        "sqlmap", scan.role, high=len(weak), missing=not asked, what=f"{asked} addresses", details=weak
    )


def ffuf(scan: Scan) -> Found:
    """Names that a careless installation would answer; what isn't an address of the program is high."""
    program = shutil.which("ffuf")
    if program is None:
        return Found("ffuf", scan.role, missing=True, what="not installed (a package of Debian)")
    words, report = scan.scratch / "words.txt", scan.scratch / f"ffuf-{scan.role}.json"
    words.write_text("\n".join(NAMES), encoding="utf-8")
    command = [program, "-u", f"{scan.address}/FUZZ", "-w", str(words), "-mc", "200-299,500-599", "-t", "4"]
    command += ["-of", "json", "-o", str(report), "-s"]
    for name, value in scan.headers.items():
        command += ["-H", f"{name}: {value}"]
    run(command, scan.seconds)
    if not report.exists():
        return Found("ffuf", scan.role, missing=True, what="it gave no report")
    known = {one["url"].strip("/") for one in read(scan.fixture, "routes")}
    hits = [one["url"].removeprefix(scan.address) for one in json.loads(report.read_text())["results"]]
    strange = [hit for hit in hits if hit.strip("/") not in known]
    return Found("ffuf", scan.role, high=len(strange), what=f"{len(NAMES)} names", details=strange)
