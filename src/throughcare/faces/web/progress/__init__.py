"""Pages on how a person does: progress, and steps between levels of care."""
