"""Messages that leave the house: what stopped on its way, and where staff are paged."""
