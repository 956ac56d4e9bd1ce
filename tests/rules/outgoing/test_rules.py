"""Where something may go: addresses that mean something else than they seem, and those that are meant."""

import base64
import hashlib
import hmac

import pytest

from bihuan.lib.flow import Refused
from bihuan.outgoing import rules

TRICKY = (
    "ftp://10.1.2.3/hook",
    "file:///etc/passwd",
    "gopher://10.1.2.3:70/_x",
    "//10.1.2.3/hook",
    "https://user:word@10.1.2.3/hook",
    "https://10.1.2.3@127.0.0.1/hook",
    "http://127.0.0.1:8000/",
    "http://127.1/",
    "http://2130706433/",
    "http://0177.0.0.1/",
    "http://0x7f.0.0.1/",
    "http://0x7f000001/",
    "http://0/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:10.1.2.3]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[fe80::1%25eth0]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://localhost:8000/",
    "http://LOCALHOST./",
    "http://10.1.2.3\\@evil.example/",
    "http://１２７.0.0.1/",
    "http://hook.example/#@127.0.0.1",
    "http://hook.example:0/",
    "http://hook.example:99999/",
    "http://hook..example/",
    "http://hook.example/a b",
    "http://010.1.2.3/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
)


@pytest.mark.parametrize("url", TRICKY)
def test_what_could_mean_something_else_is_refused(url: str) -> None:
    with pytest.raises(Refused):
        rules.target_of(url)


@pytest.mark.parametrize(
    ("url", "place", "path"),
    [
        ("https://hook.example.gov.cn/a?b=1", "hook.example.gov.cn:443", "/a?b=1"),
        ("http://10.1.2.3:8080", "10.1.2.3:8080", "/"),
        ("https://Hook.Example/", "hook.example:443", "/"),
        ("https://[fd00::12]:8443/x", "[fd00::12]:8443", "/x"),
        ("http://oa-1/hook", "oa-1:80", "/hook"),
    ],
)
def test_an_address_of_the_offices_network_is_taken(url: str, place: str, path: str) -> None:
    target = rules.target_of(url)

    assert (target.place, target.path) == (place, path)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "169.254.1.1", "fe80::1", "::ffff:10.0.0.1", "::", "0.1.2.3"])
def test_a_name_that_stands_for_such_an_address_is_refused_too(address: str) -> None:
    assert rules.forbidden(address) != ""


@pytest.mark.parametrize("address", ["10.1.2.3", "192.168.3.4", "172.16.0.1", "8.8.8.8", "fd00::12"])
def test_a_private_address_is_a_legal_target(address: str) -> None:
    assert rules.forbidden(address) == ""


def test_a_notice_is_signed_as_the_standard_says() -> None:
    """The example of the standard's own libraries."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'

    signed = rules.signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)

    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    key = base64.b64decode(secret[6:])
    plain = hmac.new(key, b"msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330." + body, hashlib.sha256).digest()
    assert signed == "v1," + base64.b64encode(plain).decode()
