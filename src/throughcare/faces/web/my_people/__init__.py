"""The patient's own people: who sees what until when, their page as they see it, and stopping it."""
