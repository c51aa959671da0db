"""`{% load parts %}`: every part of the house, from the modules of `faces/web/parts/`."""

from django.template import Library

from ..parts import asking, drawings, frame, languages, people, tables, weeks, words

register = Library()
for subject in (frame, languages, words, asking, tables, people, weeks, drawings):
    register.tags.update(subject.register.tags)
    register.filters.update(subject.register.filters)
