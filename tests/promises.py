"""What is promised about load, faults, bad input, access, evidence, recovery and people, by number; and what holds it.

A test that holds one is marked `promise("K1")`, a test that plants its defect `teeth("K1")`; a held promise may say its
figure. `tests/report.py` prints the table after a run; `tests/house/test_promises.py` keeps marks and table in step.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Promise:
    """A number, what is promised, its floor and its goal, and why nothing holds it yet (empty where something does).

    `is_tooth`: the promise is a list of bad things, each of which must be refused: each is its own planted defect.
    """

    id: str
    says: str
    floor: str
    goal: str
    missing: str = ""
    is_tooth: bool = False


NO_FEATURE = "the feature does not exist yet"

PROMISES = (
    Promise("L1", "mixed load, province data, 10 min", "60 req/s, p95 ≤ 500 ms, 0 × 5xx", "100 req/s"),
    Promise("L2", "report-day burst", "150 clients 60 s, 0 lost, p99 ≤ 5 s", "300 clients"),
    Promise("L3", "both databases answer alike", "same suite green on both", "500 random queries"),
    Promise("L4", "a ledger page asks as often for 50 rows as for 1", "same count", "≤ 12 queries"),
    Promise("L5", "heavy acts beside others", "others' p95 ≤ 2 ×", "≤ 1.5 ×"),
    Promise("L6", "slow clients", "100 half-sent uploads, others p95 ≤ 2 ×", "500"),
    Promise("L7", "soak", "60 min, RSS ≤ +10 %", "8 h"),
    Promise("K1", "kill -9 of the server under writes", "20 kills, 0 lost, 0 twice", "200, both databases"),
    Promise("K2", "kill -9 during an import", "30 points of 5,000 rows: whole or absent", "100 points"),
    Promise("K3", "a deed broken at every statement", "all or nothing", "PostgreSQL too"),
    Promise("K4", "worker killed in a job", "20 ×: once, ≤ 60 s later", "100 ×"),
    Promise("K5", "power cut", "30 cuts, 0 lost", "200 cuts"),
    Promise("K6", "power cut during an upload", "30 cuts: row ⇒ whole file", "200 cuts"),
    Promise("K7", "fsync and pwrite fail at the n-th call", "n = 1…30: no false 已保存", "n = 1…200"),
    Promise("K8", "disk full", "a sentence, reads live, recovers", "warning at 90 %"),
    Promise("K9", "database locked 30 s", "reads ≤ 1 s, writes 503 within 6 s", "same"),
    Promise("K10", "PostgreSQL killed", "10 ×, back ≤ 10 s", "50 ×, ≤ 5 s"),
    Promise("K11", "clock jumps", "−3 d, +1 d, +400 d", "inside a sign-off"),
    Promise("K12", "double submit", "1,000 pairs, 50 × 20: one deed each", "every POST"),
    Promise("K13", "several edit one item", "200 rounds: 0 lost updates", "1,000 rounds"),
    Promise("K14", "stale offline packet", "100 packets", "1,000", NO_FEATURE),
    Promise("K15", "upload cut short", "100 cuts: no row, nothing left", "resumable"),
    Promise("K16", "bad network", "10 journeys", "same"),
    Promise("K17", "receiver of notices down", "24 h, 0 lost", "same"),
    Promise("K18", "virus scanner down", "files wait, nothing served", "same", NO_FEATURE),
    Promise("B1", "mutated files", "2,000 each: a sentence", "20,000 each"),
    Promise("B2", "hostile corpus", "60 files refused or harmless", "120", is_tooth=True),
    Promise("B3", "schemathesis on the API", "100 examples each, 0 × 5xx", "1,000"),
    Promise("B4", "every form × field × nasty value", "30 values, 0 × 5xx", "100 values"),
    Promise("B5", "guided fuzzing of the readers", "10 min each", "1 h each"),
    Promise("B6", "wapiti scan", "0 medium or worse", "and sqlmap"),
    Promise("P1", "every address declared and expected", "100 %", "same"),
    Promise("P2", "role × address × method × relation", "≥ 10,000 cells", "≥ 20,000 cells"),
    Promise("P3", "every scoping query", "100 % of queries", "same"),
    Promise("P4", "the fourteen ways to another's row", "14 of 14 on every model", "same"),
    Promise("P5", "canary crawl", "0 markers outside", "database, backups, temp"),
    Promise("P6", "three administrators, separation of duties", "every pair refused, by SQL too", "1,000 histories"),
    Promise("P7", "a withdrawn right", "refused at the next request", "same"),
    Promise("P8", "login", "25 tests", "49 rows of ASVS", is_tooth=True),
    Promise("A1", "tampering", "1,000 acts, 100 % found", "10,000"),
    Promise("A2", "verifying a long trail", "1 M entries ≤ 30 s", "≤ 10 s"),
    Promise("A3", "every deed and look leaves an entry", "100 %", "same"),
    Promise("A4", "entries hold no plain personal data", "0 hits", "same"),
    Promise("A5", "a signed-off package is frozen", "any change found", "same", NO_FEATURE),
    Promise("R1", "backup while others write", "≤ 10 s for a city, restore ≤ 5 min", "RPO ≤ 5 min"),
    Promise("R2", "damaged backups", "50 copies never replace a good one", "500"),
    Promise("R3", "upgrade from every release", "all, rows equal", "and killed at 20 points"),
    Promise("R4", "SQLite → PostgreSQL", "all rows equal", "and back"),
    Promise("R5", "old code on a new schema", "refuses to start", "same", is_tooth=True),
    Promise("W1", "axe, every page in every look", "0 violations", "best practice 0"),
    Promise("W2", "keyboard walk", "the main job", "10 journeys"),
    Promise("W3", "reflow at 320 px", "0 faults", "same"),
    Promise("W4", "Nu HTML checker", "0 errors", "same"),
    Promise("H1", "headers on every route and status", "exact table", "Trusted Types"),
    Promise("H2", "secrets", "weak key or DEBUG refused", "same", is_tooth=True),
    Promise("H3", "bandit's rules, SBOM", "0 findings", "mutation ≥ 85 %"),
    Promise("H4", "no outgoing connection", "0", "same"),
)
