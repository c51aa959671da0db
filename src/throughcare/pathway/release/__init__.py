"""Release of information: what of a record may go to whom, seen before anything leaves, and how it then leaves."""
