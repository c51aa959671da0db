"""The languages of the pages that patients, families, alumni and the public read. Staff pages are English."""

from throughcare.faces.web.languages.words import lazy, said, worded

__all__ = ["lazy", "said", "worded"]
