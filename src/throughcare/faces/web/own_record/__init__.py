"""A person's own record in their own hands: the whole of it as files, and corrections asked for."""
