"""The prober: asks every address as every role over the review fixture, and looks at what comes back (gates G2, G3)."""
