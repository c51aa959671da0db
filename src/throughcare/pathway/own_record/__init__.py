"""A person's own record in their own hands: whole copies that they asked for, and corrections that they ask for."""
