"""How others meet the program. Thin: no rules, no queries."""
