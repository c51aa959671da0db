"""The session: who is expected, who came, what is written and signed, the hours it makes."""
