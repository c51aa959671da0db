"""Plans that runs found: opened, checked, shown, changed by hand."""
