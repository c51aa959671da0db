"""The `throughcare` command."""
