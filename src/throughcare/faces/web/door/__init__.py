"""The door: what stands between a signed-in browser and the pages. Signing in itself is the subject `signing_in`."""
