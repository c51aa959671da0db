"""Safety plan and relapse-prevention plan: written in the person's words, read again when due, at hand when needed."""
