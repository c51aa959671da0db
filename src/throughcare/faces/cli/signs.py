"""`throughcare signs PICTURE.json`: says which warning signs stand in a picture of one person. Needs no database."""

import argparse
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from throughcare.faces.cli.exchange import WrongInput, print_answer, read_object
from throughcare.knowledge.warning_signs.kinds import KIND, next_look_at, signs_of
from throughcare.knowledge.warning_signs.picture import Picture
from throughcare.knowledge.warning_signs.reading import WrongPicture, picture_from, schema
from throughcare.knowledge.warning_signs.sign import Sign
from throughcare.knowledge.warning_signs.tier import tier_in_force


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file of the picture, or the wish for its schema."""
    parser.add_argument(
        "picture",
        metavar="PICTURE.json",
        nargs="?",
        help="what is known of one person; - reads standard input",
    )
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of a picture")


def run(arguments: argparse.Namespace) -> int:
    """Print the signs that stand; raises `WrongInput` with what is wrong and where."""
    if arguments.schema:
        print_answer(schema())
        return 0
    if arguments.picture is None:
        raise WrongInput("name the file of the picture, or ask for --schema")
    try:
        picture = picture_from(read_object(arguments.picture))
        answer = as_json(picture)
    except WrongPicture as wrong:
        raise WrongInput(f"{arguments.picture}: {wrong}") from wrong
    except OverflowError as wrong:
        raise WrongInput(f"{arguments.picture}: a moment lies too near the end of the calendar") from wrong
    print_answer(answer)
    return 0


def as_json(picture: Picture) -> dict[str, Any]:
    """The signs under the keys of the command's contract, then the others. Moments are the site's."""
    return {
        "signs": [_sign(sign, picture) for sign in signs_of(picture)],
        "tier": tier_in_force(picture),
        "next_look_at": _moment(next_look_at(picture), picture),
    }


def _sign(sign: Sign, picture: Picture) -> dict[str, Any]:
    return {
        "code": sign.code,
        "because": sign.because,
        "since": _moment(sign.since, picture),
        "due_at": _moment(sign.due_at, picture),
        "owner_role": sign.owner_role,
        "topic": sign.topic,
        "risk": sign.risk,
        "red": sign.is_red(picture.at),
        "first_step_by": _moment(sign.first_step_by, picture) if sign.first_step_by else None,
        "action": KIND[sign.code].action,
    }


def _moment(moment: datetime, picture: Picture) -> str:
    return moment.astimezone(ZoneInfo(picture.zone)).isoformat()
