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
    "signs": "say which warning signs stand in a picture of one person",
    "interpret-test": "say what a drug or alcohol test means, given what is prescribed and was disclosed",
    "reward": "say what a row of test results earns under a scheme of rewards",
    "verify-draw": "work out every random draw of a period again from its proof",
    "timetable": "solve, check, repair or explain a week",
    "import-referrals": "take in referrals from FHIR R4 bundles and CSV files",
    "routes": "list every page and the roles that may use it",
    "review-fixture": "build a clinic for security reviews, with everyone signed in and every id listed",
    "inventory": "list parts, ports, flows and packages of this installation",
    "check": "say in words how this installation is",
    "open-organization": "open one more organization in this installation",
    "make-keys": "make the keys of an installation whose database is elsewhere",
    "rotate-keys": "seal everything anew under a new key",
    "verify-audit": "follow the book of accesses and say whether it holds",
    "backup": "take a sealed backup, or one after another",
    "verify-backups": "read backups through and say whether every bit is as it was written",
    "restore": "put a backup into an empty place, where it sends nothing until it is armed",
    "arm": "let a restored system send again",
    "drill": "restore the newest backup beside the clinic, compare, and say how long it took",
    "collect-backups": "copy new backups to a place that the clinic's own program can't touch",
    "prune-backups": "let old backups go, never the young ones",
    "export-clinic": "write everything of a clinic into a folder, once two people stand for it",
    "import-clinic": "read such a folder into an empty installation and prove it equal",
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
