"""Signing in: passwords, second factors, where one is signed in, links, kept forms, recovery, kiosks."""
