"""Served over TLS by the program itself: what travels, and what is refused."""

import ssl
import subprocess
import sys
import time
import urllib.request

from tests.served import UP_SECONDS, Site


def test_it_serves_over_a_certificate_of_its_own(small: Site) -> None:
    command = [sys.executable, "-m", "bihuan.cli", "serve", "--tls", "--no-worker", "--port", str(small.port)]
    small.server = subprocess.Popen(
        command, env={**small.env, "BIHUAN_DEMO": ""}, start_new_session=True, stdout=subprocess.PIPE, text=True
    )
    try:
        until, cookies, headers = time.monotonic() + UP_SECONDS, "", {}
        while not headers:
            try:
                trusted = ssl.create_default_context(cafile=str(small.data / "keys/tls.pem"))
                with urllib.request.urlopen(
                    f"https://127.0.0.1:{small.port}/login/", timeout=2, context=trusted
                ) as page:
                    headers, cookies = dict(page.headers), page.headers["Set-Cookie"]
            except OSError:
                assert time.monotonic() < until, "the server did not come up"
                time.sleep(0.1)
    finally:
        small.stop()
    assert small.server.stdout is not None
    with small.server.stdout as heard:
        said = heard.read()

    assert "__Host-csrf" in cookies
    assert "Secure" in cookies
    assert "strict-transport-security" in headers
    assert "指纹应为" in said
    assert f"https://127.0.0.1:{small.port}/" in said


def test_the_open_network_is_refused_without_tls(small: Site) -> None:
    refused = small.bihuan("serve", "--host", "0.0.0.0")  # noqa: S104 -- what is refused
    lost = small.bihuan("serve", "--tls", "--certificate", "/nowhere.pem")

    assert (refused.returncode, lost.returncode) == (1, 1)
    assert "明文只对本机开放" in refused.stderr
    assert "找不到--certificate指的文件" in lost.stderr
