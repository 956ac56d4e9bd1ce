"""A certificate of the office's own making."""

import ssl
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509

from bihuan.lib import certificates

AT = datetime(2026, 3, 1, 8, tzinfo=UTC)


def test_it_names_hosts_and_addresses_and_lasts_two_years(tmp_path: Path) -> None:
    pem = certificates.self_signed(["bihuan.example.gov.cn", "10.1.1.9", "[::1]", "*"], AT)
    made = x509.load_pem_x509_certificate(pem)
    names = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value

    assert names.get_values_for_type(x509.DNSName) == ["bihuan.example.gov.cn"]
    assert [str(one) for one in names.get_values_for_type(x509.IPAddress)] == ["10.1.1.9", "::1"]
    assert (certificates.ends_on(pem) - AT).days == 730
    (tmp_path / "tls.pem").write_bytes(pem)
    ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(tmp_path / "tls.pem")


def test_its_fingerprint_is_what_a_browser_shows() -> None:
    pem = certificates.self_signed(["localhost"], AT)

    assert certificates.fingerprint(pem).count(":") == 31
    assert certificates.fingerprint(pem) != certificates.fingerprint(certificates.self_signed(["localhost"], AT))
