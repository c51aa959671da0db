"""The week solved by Throughcare and by others on the same problems: `./run python -m bench.timetable --help`."""
