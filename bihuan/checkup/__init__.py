"""体检: what contradicts itself in the ledgers, found at any time; each with what settles it.

Hides how each contradiction is asked of the database, always within somebody's scope, and that an explanation ends when
the facts that it explained are others. What must never be (a broken trail, a lost row) is `examine`'s, not this room's.
"""
