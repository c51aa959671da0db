"""Pages on leaving: the discharge, its summary as page and PDF, and the visits that follow."""
