"""Every number that a state, payer or program may set differently: its default, bounds, unit and source.

The rows are in `data/program_settings.tsv`, one a line. Adult and teen variants are keys of their own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from throughcare.knowledge.verdict import Allowed, Refused, Verdict

Number = int | float


@dataclass(frozen=True)
class ProgramSetting:
    """One number of the program; a whole-number `value` means that only whole numbers make sense."""

    key: str
    value: Number
    low: Number
    high: Number
    unit: str
    source: str
    effective_date: date
    about: str

    @property
    def is_whole(self) -> bool:
        """Whether the number counts things and so can't be a fraction."""
        return isinstance(self.value, int)


def number_from(text: str) -> Number:
    """A whole number where the text has no decimal point, else a fraction."""
    return float(text) if "." in text else int(text)


def read_rows() -> Iterator[ProgramSetting]:
    """The rows of the table, in its order."""
    table = (
        files("throughcare.knowledge").joinpath("data", "program_settings.tsv").read_text(encoding="utf-8")
    )
    for line in table.splitlines()[1:]:
        key, value, low, high, unit, source, since, about = line.split("\t")
        yield ProgramSetting(
            key=key,
            value=number_from(value),
            low=number_from(low),
            high=number_from(high),
            unit=unit,
            source=source,
            effective_date=date.fromisoformat(since),
            about=about,
        )


ALL: dict[str, ProgramSetting] = {setting.key: setting for setting in read_rows()}


def value_of(key: str, own: Mapping[str, Number] | None = None) -> Number:
    """The program's own value where it has set one, else the default. `KeyError` for an unknown key."""
    setting = ALL[key]
    return setting.value if own is None else own.get(key, setting.value)


def check_value(key: str, value: object) -> Verdict:
    """Whether the program may set `key` to `value`."""
    setting = ALL.get(key)
    if setting is None:
        return Refused(because=f"There is no program setting called “{key}”.")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return Refused(because=f"{setting.about} Give a number of {setting.unit}.", cite=setting.source)
    if not setting.low <= value <= setting.high:  # NaN and the infinities lie within no bounds
        return Refused(
            because=f"{setting.about} Give {setting.low} to {setting.high} {setting.unit}.",
            cite=setting.source,
        )
    if setting.is_whole and value != int(value):
        return Refused(because=f"{setting.about} Give a whole number of {setting.unit}.", cite=setting.source)
    return Allowed()
