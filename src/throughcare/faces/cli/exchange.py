"""JSON in, JSON out, and one line on standard error when the input is wrong."""

import json
import sys
from pathlib import Path
from typing import Any


class WrongInput(Exception):
    """The input can't be used; the text says what and where, in one line."""


def read_object(path: str) -> dict[str, Any]:
    """The JSON object in the file at `path` (`-` reads standard input). Raises `WrongInput`."""
    found = read_json(path)
    if not isinstance(found, dict):
        raise WrongInput(f"{path}: one JSON object is expected, found {type(found).__name__}")
    return found


def read_json(path: str) -> Any:
    """The JSON in the file at `path` (`-` reads standard input). Raises `WrongInput`."""
    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongInput(f"{path}: can't be read ({error})") from error
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise WrongInput(
            f"{path}: not JSON at line {error.lineno}, column {error.colno}: {error.msg}"
        ) from error
    except ValueError as error:
        # Python reads no number of more than 4,300 digits.
        raise WrongInput(f"{path}: holds a number too long to be read") from error
    except RecursionError as error:
        raise WrongInput(f"{path}: nested too deeply to be read") from error


def print_answer(answer: object) -> None:
    """Write `answer` as JSON to standard output."""
    print(json.dumps(answer, ensure_ascii=False, indent=2))
