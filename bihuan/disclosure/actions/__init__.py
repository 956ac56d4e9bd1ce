"""Everything that writes releases and objections. Nothing is shown to the public but by these."""
