"""What is taught in groups: one file a curriculum, one record a topic, with its source and licence.

Titles and order of public-domain manuals are facts; every aim and outline is this project's own words. A program
reads them through `library`.
"""
