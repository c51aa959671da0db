"""Pages of people close to a patient."""
