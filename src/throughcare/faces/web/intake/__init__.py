"""The intake: the person's own part by link, the clinician's part, the six domains, the signature."""
