"""Every curriculum that ships, read from the `.toml` files beside this one."""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from throughcare.knowledge.curricula.curriculum import PARTS, Curriculum, OutlinePart, Topic, Variant


def read_curriculum(text: str) -> Curriculum:
    """One curriculum as its file spells it. Raises `KeyError` where something is missing, `ValueError` else."""
    rows = tomllib.loads(text)
    variants = {code: Variant(code, **row) for code, row in rows["variants"].items()}
    prepared = {code for code, variant in variants.items() if variant.prepared}
    return Curriculum(
        code=rows["code"],
        title=rows["title"],
        about=rows["about"],
        session_type=rows["session_type"],
        topics=tuple(_topic(row, rows, prepared) for row in rows["topics"]),
        variants=variants,
        source=rows["source"],
        licence=rows["licence"],
        verified=rows["verified"],
        effective_date=rows["effective_date"],
    )


def _topic(row: dict[str, Any], rows: dict[str, Any], prepared: set[str]) -> Topic:
    minutes = row.get("minutes", rows["minutes"])
    words = {"closing": rows["closing"], **row}
    return Topic(
        code=row["code"],
        title=row["title"],
        aim=row["aim"],
        outline=tuple(
            OutlinePart(part, share, words[part]) for part, share in zip(PARTS, minutes, strict=True)
        ),
        skill=row["skill"],
        homework=row["homework"],
        watch=row["watch"],
        licence=row.get("licence", rows["licence"]),
        variants=frozenset(prepared - set(row.get("not_for", ()))),
    )


def _read() -> Iterator[Curriculum]:
    folder = files("throughcare.knowledge").joinpath("curricula")
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            yield read_curriculum(file.read_text(encoding="utf-8"))


ALL: dict[str, Curriculum] = {one.code: one for one in _read()}
TOPICS: dict[str, Topic] = {topic.code: topic for one in ALL.values() for topic in one.topics}


def curricula_for(session_type: str) -> tuple[Curriculum, ...]:
    """The curricula that fit this kind of session."""
    return tuple(one for one in ALL.values() if one.session_type == session_type)
