"""Warning signs: everyone is looked at when a fact or the clock asks for it; a sign stands until a person acts."""
