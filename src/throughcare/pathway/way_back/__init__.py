"""One tap back in: somebody who left asks to come back, with what they said before and a seat that is free soon."""
