"""What a row of the table of expectations is, and the groups of principals that its rows name."""

from dataclasses import dataclass, field

OFFICE = "O1 O2 O3 O4 O5 O6"
UNIT = "U1 U2 U3"
COUNTY = "C1 C2 L1"
CITY = f"{OFFICE} L1-city"
BUSINESS = f"{CITY} L2 {UNIT} {COUNTY} V1 V2 F1 D1 X1"
PEOPLE = f"{BUSINESS} A1 A2 A3"
TOKEN = "X2-token"  # an interface that comes with its token, for which a contract lists everything
EVERYBODY = f"{PEOPLE} X2 {TOKEN} nobody"
DISCLOSERS = "O1 O2 O3 O5 O6"
IMPORTERS = "O1 O2 O6"
AT_NOTHING = ("sign_in_end", "api_watch_hit_step", "api_petition_pair_step", "factor_remove")
OF_A_BATCH = ("batch_detail", "batch_bulletin", "batch_table", "api_batch", "api_batch_bulletin", "api_batch_table")
OF_A_PETITION = ("petition_detail", "petition_findings", "api_petition", "api_petition_step")
OF_A_PETITION += ("api_findings", "api_findings_return", "api_call_backs", "petition_check_new", "api_petition_checks")
OF_A_PETITION += ("petition_items", "api_items", "api_item", "api_item_end")
# Of problems, measures and petitions alike.
OF_ANY = ("evidence_list", "api_evidence", "link_list", "api_links", "api_link_end")
OF_A_PROBLEM = (
    *OF_ANY,
    *("dossier_detail", "dossier_book", "dossier_whole", "api_dossier", "api_dossier_new"),
    *("api_acceptance", "api_experts", "api_extensions", "api_check_new", "api_condition", "api_exempt"),
)
TELLERS = "O1 O2 O5 O6"  # who tells of batches
KEEPERS = f"{IMPORTERS} A1"
SETTLERS = f"{KEEPERS} A2"
NOBODY = ""
SEEN_PLAN = f"{CITY} {COUNTY} {UNIT} L2 V1 X1"  # whoever reads some problem of a plan in force
PETITION = "petition, "  # before the relation, where an address is of matters of any kind
FILES, FILED = ("evidence_file", "evidence_preview"), ("own", "another county's")
LEDGERS = (
    "problems",
    "measures",
    "petitions",
    "problem-list",
    "rectification-list",
    "responsibility-list",
    "effect-list",
)
FORMS = {  # who may fill a ledger in, away from the page
    "problems": "O1 O2",
    "measures": "O1 O2",
    "petitions": IMPORTERS,
    "problem-list": "O1 O2",
    "rectification-list": "O1 O2",
    "responsibility-list": "O1 O2",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One address: whom it opens for when read and when sent to, who passes its door at all, and what is sent.

    `reads` None: it answers no GET. `posts` and `door` None: as `reads`.
    """

    name: str
    reads: str | None
    given: str = ""
    posts: str | None = None
    door: str | None = None
    body: dict[str, str] = field(default_factory=dict)
    is_only_read: bool = False  # for those whom it opens for it takes nothing that is sent

    @property
    def key(self) -> str:
        return f"{self.name}:{self.given}" if self.given else self.name

    @property
    def is_for_programs(self) -> bool:
        return self.name.startswith("api_")

    def who(self, method: str) -> dict[str, str]:
        """{principal: "opens" or "405"} of those for whom it is neither 404 nor the way to the login."""
        posts = self.reads if self.posts is None else self.posts
        door = (self.reads if self.reads is not None else posts) if self.door is None else self.door
        if method in ("put", "delete"):
            return dict.fromkeys((door or "").split(), "405")
        if method == "post" and self.is_only_read:  # a contract lists no sending there, so that an interface hears 404
            return {one: "405" for one in (door or "").split() if one != TOKEN}
        if method == "post":
            return dict.fromkeys((posts or "").split(), "opens")
        if self.reads is None:
            return dict.fromkeys((door or "").split(), "405")
        return dict.fromkeys(self.reads.split(), "opens")
