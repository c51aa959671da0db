"""How dates and numbers are written in each language, where Django's own ways are not those of this country."""
