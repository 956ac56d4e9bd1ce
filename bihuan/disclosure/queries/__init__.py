"""Releases and objections: what officials see of them, what the public may read, what a problem's steps ask of them."""
