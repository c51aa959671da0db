"""Progress over an episode, and steps between levels of care."""
