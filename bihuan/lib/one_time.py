"""Six digits that a phone shows for half a minute (TOTP, RFC 6238), and codes for the day when no phone is at hand.

Hides the algorithm and the picture that a phone reads.
"""

import hashlib
import hmac
import secrets
from datetime import datetime

import pyotp
import segno

STEP = 30  # seconds
DRIFT = 1  # steps by which a phone's clock may be ahead or behind
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that the eye takes for another


def new_secret() -> str:
    """A fresh secret for one phone, in base 32."""
    return pyotp.random_base32()


def address(secret: str, owner: str, issuer: str) -> str:
    """The otpauth address that a phone keeps under these two names."""
    return pyotp.TOTP(secret).provisioning_uri(name=owner, issuer_name=issuer)


def picture(text: str) -> str:
    """A QR code of a text, as a data address for an `img`."""
    return segno.make(text, error="m").svg_data_uri(scale=5, border=2, light="#fff")


def step_of(secret: str, code: str, at: datetime, after: int) -> int | None:
    """Which half minute these six digits belong to, one before or after this one at most; None where to none.

    Digits of the step `after` or of an earlier one are spent.
    """
    totp, now = pyotp.TOTP(secret), int(at.timestamp()) // STEP
    digits = "".join(code.split())
    for step in range(now - DRIFT, now + DRIFT + 1):
        if step > after and hmac.compare_digest(totp.generate_otp(step).encode(), digits.encode()):
            return step
    return None


def new_code(groups: int, size: int = 4) -> str:
    """A code to write down: so many groups of letters and digits, each carrying about twenty bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(size)) for _ in range(groups))


def digest_of(code: str, owner: int) -> str:
    """What is kept of a code that was written down: it is read without regard to case, spaces and dashes."""
    plain = "".join(char for char in code.upper() if char.isalnum())
    return hashlib.sha256(f"{owner}:{plain}".encode()).hexdigest()
