"""On call: turns that go round without a gap, swaps, handover notes, and who is on call at a moment."""
