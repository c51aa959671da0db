"""Histories: what many did at once to one clinic while its server was killed; does one order explain it?"""
