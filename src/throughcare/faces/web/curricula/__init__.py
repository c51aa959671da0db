"""What is taught in groups: the library, a group's curricula, a session's topic."""
