"""Level-of-care watch: what the step rules say of everyone in care, day by day, and seats held at the next level."""
