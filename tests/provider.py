"""A city's identity provider of the tests' own, on loopback: it signs with keys of its own, and lies as it is told.

Written from the specifications with nothing of what is tried but its clock.
"""

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from bihuan.core import clock

CLIENT, SECRET = "bihuan", "a secret of the office: with/signs"
Token = Callable[[dict[str, Any]], str]


def word(data: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def part(value: Mapping[str, Any]) -> str:
    """A part of a token."""
    return word(json.dumps(value).encode())


@cache
def key_named(kid: str) -> rsa.RSAPrivateKey:
    """A key, the same for the same name."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public(kid: str) -> dict[str, str]:
    """A key as the provider publishes it."""
    numbers = key_named(kid).public_key().public_numbers()
    modulus = word(numbers.n.to_bytes(256, "big"))
    return {"kty": "RSA", "kid": kid, "use": "sig", "alg": "RS256", "n": modulus, "e": "AQAB"}


def signed(kid: str, **header: Any) -> Token:
    """How a token is signed with a key."""

    def sign(claims: dict[str, Any]) -> str:
        text = f"{part({'alg': 'RS256', 'typ': 'JWT', 'kid': kid, **header})}.{part(claims)}"
        return f"{text}.{word(key_named(kid).sign(text.encode(), padding.PKCS1v15(), hashes.SHA256()))}"

    return sign


def unsigned(claims: dict[str, Any]) -> str:
    """A token that says of itself that it needs no signature."""
    return f"{part({'alg': 'none', 'typ': 'JWT', 'kid': 'first'})}.{part(claims)}."


def signed_by_the_public_key(claims: dict[str, Any]) -> str:
    """A token that takes what everybody knows for a shared secret."""
    known = key_named("first").public_key()
    secret = known.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    text = f"{part({'alg': 'HS256', 'typ': 'JWT', 'kid': 'first'})}.{part(claims)}"
    return f"{text}.{word(hmac.new(secret, text.encode(), hashlib.sha256).digest())}"


@dataclass
class Provider:
    """What it does: `claims` stand over what it would say (None: left out), `answers` over what a path answers."""

    claims: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    token: Token = field(default_factory=lambda: signed("first"))
    keys: list[list[dict[str, Any]]] = field(default_factory=lambda: [[public("first")]])
    places: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    forms: list[dict[str, str]] = field(default_factory=list)
    port: int = 0
    waits: float = 0  # seconds before each answer
    drips: float = 0  # seconds between the bytes of each answer
    stalls: float = 0  # seconds between the heads that say that the answer is still to come

    @property
    def issuer(self) -> str:
        """What it calls itself."""
        return f"http://127.0.0.1:{self.port}/realm"

    def person(self, address: str, subject: str = "u-1024", **more: str) -> str:
        """Somebody shows himself where his browser was sent; where it is sent back to."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert address.startswith(f"{self.issuer}/authorize?")
        assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
        assert (asked["client_id"], asked["scope"]) == (CLIENT, "openid")
        code = secrets.token_urlsafe(16)
        self.codes[code] = {**asked, "subject": subject}
        home = urlsplit(asked["redirect_uri"])
        return f"{home.path}?{urlencode({'code': code, 'state': asked['state'], 'iss': self.issuer, **more})}"

    def told(self, path: str, form: dict[str, str], authorization: str) -> tuple[int, dict[str, str], bytes]:
        """What is answered at a path."""
        self.asked.append(path)
        time.sleep(self.waits)
        if path in self.answers:
            return self.answers[path]
        if path.endswith("openid-configuration"):
            named = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
            found = {"issuer": self.issuer, **{name: f"{self.issuer}/{place}" for name, place in named.items()}}
            return 200, {}, json.dumps(found | self.places).encode()
        if path.endswith("/keys"):
            return 200, {}, json.dumps({"keys": self.keys.pop(0) if len(self.keys) > 1 else self.keys[0]}).encode()
        if path == "/favicon.ico":
            return 204, {}, b""
        if "/authorize" in path:
            return 200, {"Content-Type": "text/html"}, self._door(path).encode()
        return self._given(form, authorization)

    def _door(self, path: str) -> str:
        """The page where somebody at a browser shows himself."""
        home = urlsplit(dict(parse_qsl(urlsplit(path).query))["redirect_uri"])
        back = self.person(f"http://127.0.0.1:{self.port}{path}").replace("&", "&amp;")
        return f"<meta charset=utf-8><title>认证</title><a href='{home.scheme}://{home.netloc}{back}'>我是本人</a>"

    def _given(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, str], bytes]:
        """A token for a code: once, to the client alone, to who can show what was hashed before."""
        self.forms.append(form)
        asked = self.codes.pop(form.get("code", ""), None)
        pair = base64.b64decode(authorization.removeprefix("Basic ")).decode().split(":")
        hashed = word(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        is_right = (
            asked is not None
            and [unquote(one) for one in pair] == [CLIENT, SECRET]
            and form["redirect_uri"] == asked["redirect_uri"]
            and hashed == asked["code_challenge"]
        )
        if asked is None or not is_right:
            return 400, {}, b'{"error": "invalid_grant"}'
        now = int(clock.now().timestamp())
        says = {"iss": self.issuer, "aud": CLIENT, "sub": asked["subject"], "nonce": asked["nonce"]}
        says |= {"iat": now, "exp": now + 300, "auth_time": now, **self.claims}
        claims = {name: value for name, value in says.items() if value is not None}
        return 200, {}, json.dumps({"id_token": self.token(claims), "token_type": "Bearer"}).encode()


def _answering(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer({name: values[0] for name, values in parse_qs(sent).items()})

        def _answer(self, form: dict[str, str]) -> None:
            status, headers, body = provider.told(self.path, form, self.headers.get("Authorization", ""))
            with suppress(OSError):  # nobody waited for it
                for _ in range(200 if provider.stalls else 0):
                    self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
                    time.sleep(provider.stalls)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                for place in range(0, len(body), 1 if provider.drips else len(body) or 1):
                    self.wfile.write(body[place : place + 1] if provider.drips else body)
                    time.sleep(provider.drips)

        def log_message(self, *_: Any) -> None:
            pass

    return Answer


@contextmanager
def providing() -> Iterator[Provider]:
    """A provider that listens."""
    provider = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _answering(provider))
    provider.port = server.server_port
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
