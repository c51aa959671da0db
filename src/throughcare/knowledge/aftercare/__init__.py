"""What people who left are asked, how often, when a person calls them, and what a year later shows."""
