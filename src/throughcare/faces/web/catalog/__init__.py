"""Which sentences of `knowledge` people read, so that the catalogs of languages hold them."""
