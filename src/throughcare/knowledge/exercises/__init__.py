"""Short exercises that a person does alone, also without network: one file each, read through `library`.

The methods are in general use; every sentence is this project's own.
"""
