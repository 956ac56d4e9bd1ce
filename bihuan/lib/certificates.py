"""A certificate of the office's own making, for a network that has no authority to ask.

Hides cryptography's builder. Certificate and key lie in one file, so that one never stands without the other.
"""

import ipaddress
from collections.abc import Sequence
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

VALID_FOR = timedelta(days=730)


def self_signed(names: Sequence[str], at: datetime) -> bytes:
    """A PEM of private key and certificate for these host names and addresses, valid two years from a day before `at`.

    A name that is neither a host's nor an address (`*`) is left out; without any it is made for localhost.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    called = [name.strip("[]") for name in names if name and "*" not in name] or ["localhost"]
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, called[0][:64])])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + VALID_FOR)
        .add_extension(x509.SubjectAlternativeName([_alternative(name) for name in called]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + made.public_bytes(serialization.Encoding.PEM)


def fingerprint(pem: bytes) -> str:
    """The SHA-256 of the first certificate in a PEM, as browsers show it: AB:CD:…"""
    digest = x509.load_pem_x509_certificate(pem).fingerprint(hashes.SHA256())
    return ":".join(f"{byte:02X}" for byte in digest)


def ends_on(pem: bytes) -> datetime:
    """When the first certificate in a PEM ends."""
    return x509.load_pem_x509_certificate(pem).not_valid_after_utc


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)
