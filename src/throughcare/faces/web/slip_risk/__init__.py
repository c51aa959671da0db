"""Pages on slip risk: the list with its reasons, and the model with its checks, limits and switch."""
