"""What can be said of the container file and the example of settings without building anything."""

import re
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
CONTAINER = (HOUSE / "Containerfile").read_text(encoding="utf-8")
EXAMPLE = (HOUSE / ".env.example").read_text(encoding="utf-8")
KNOWN = (HOUSE / "docs/operate.md").read_text(encoding="utf-8")


def test_it_runs_as_nobody_special_with_locked_packages_and_no_secret():
    last = CONTAINER.rpartition("\nFROM ")[2]
    assert re.search(r"^USER throughcare$", last, re.M) and "USER root" not in CONTAINER
    assert "--require-hashes -r requirements/run.txt" in CONTAINER
    assert not re.search(r"SECRET|FIELD_KEYS|PASSWORD|TOKEN", CONTAINER)
    assert ":latest" not in CONTAINER and "COPY . " not in CONTAINER and "ADD " not in CONTAINER


def test_what_it_copies_is_there_and_its_commands_are_ours():
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", CONTAINER, re.M)
    assert copied and all((HOUSE / path).exists() for line in copied for path in line.split())
    assert 'CMD ["throughcare", "serve"' in CONTAINER and "/livez" in CONTAINER


def test_each_name_of_the_example_is_explained():
    names = re.findall(r"^#? ?([A-Z_]+)=", EXAMPLE, re.M)
    assert len(names) > 15
    assert [name for name in names if f"`{name.removesuffix('_FILE')}`" not in KNOWN] == []
