"""Pages of the level-of-care watch: everyone's open step, and a seat held at the next level."""
