"""The timetable: weeks solved, watched, compared, changed by hand, published; and the day repaired."""
