"""`throughcare COMMAND …`: finds the command's file and runs it."""

import argparse
import importlib
import sys
from collections.abc import Sequence

from throughcare.faces.cli.exchange import WrongInput

# Each command is one file beside this one, with `add_arguments(parser)` and `run(arguments) -> exit code`.
COMMANDS = {
    "demo": "open a running demo clinic with a story in it",
    "serve": "serve this installation's clinic",
    "score": "score a questionnaire's answers",
    "place": "say which level of care the facts indicate, and why",
    "timetable": "solve, check, repair or explain a week",
    "import-referrals": "take in referrals from FHIR R4 bundles and CSV files",
    "routes": "list every page and the roles that may use it",
    "review-fixture": "build a clinic for security reviews, with everyone signed in and every id listed",
    "check": "say in words how this installation is",
    "open-organization": "open one more organization in this installation",
    "make-keys": "make the keys of an installation whose database is elsewhere",
    "rotate-keys": "seal everything anew under a new key",
    "verify-audit": "follow the book of accesses and say whether it holds",
    "worker": "run due work without a server (serve and demo bring their own)",
}


def parser_for(names: Sequence[str]) -> argparse.ArgumentParser:
    """A parser that knows every command's help and the arguments of those named."""
    parser = argparse.ArgumentParser(prog="throughcare", description=__doc__)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, about in COMMANDS.items():
        command = commands.add_parser(name, help=about, description=f"{about[0].upper()}{about[1:]}.")
        if name in names:
            module_of(name).add_arguments(command)
    return parser


def module_of(name: str):  # type: ignore[no-untyped-def]  # a module has no narrower type than Any
    """The file that holds the command."""
    return importlib.import_module(f"throughcare.faces.cli.{name.replace('-', '_')}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it answered, 2 with one line on standard error when its input is wrong."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    parsed = parser_for([word for word in words[:1] if word in COMMANDS]).parse_args(words)
    try:
        return int(module_of(parsed.command).run(parsed))
    except WrongInput as wrong:
        print(f"throughcare {parsed.command}: {wrong}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 0


if __name__ == "__main__":
    sys.exit(main())
