"""Everything that writes problems, measures and plans."""
