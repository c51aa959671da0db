"""The intake, by the person and by the clinician, and the placement that follows from it."""
