"""Reception: what to say when someone asks about a person, and what they asked."""
