"""`bihuan serve`: bring the database up to date, gather the static files, and serve."""

import contextlib
import multiprocessing
import socket
import sys
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections

from bihuan.core import clock, files, occupancy, upkeep, vault
from bihuan.gate import provider
from bihuan.lib import certificates, keyfile
from bihuan.management import spoken
from bihuan.organisation.sessions import SessionStore

SHORTEST_KEY = 32
STOPPED_WITHIN = 10  # seconds that a worker is given to end what it answers


class Command(spoken.Command):
    """Serves on loopback unless told otherwise."""

    asks_schema = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where and how to serve."""
        spoken.add_port(parser)
        parser.add_argument("--host", default="127.0.0.1", metavar="地址", help="在哪个地址，缺省只对本机")
        parser.add_argument("--workers", type=int, default=2, metavar="个数", help="几个进程，缺省 2")
        parser.add_argument("--tls", action="store_true", help="用 https 服务：用单位的证书，没有就自己造一张")
        parser.add_argument("--certificate", type=Path, metavar="文件", help="单位的证书(PEM)，连同中间证书")
        parser.add_argument("--key", type=Path, metavar="文件", help="证书的私钥(PEM)")
        parser.add_argument("--no-worker", action="store_true", help="不带后台，后台另用 bihuan worker 启动")

    def handle(self, **options: Any) -> None:
        """Serve until stopped."""
        _refuse_unsafe(options["host"], is_tls=options["tls"])
        _refuse_taken(options["host"], options["port"])
        spoken.refuse_newer()
        try:
            in_use = occupancy.occupy()
        except occupancy.Occupied as refusal:
            raise CommandError(str(refusal)) from None
        with in_use:
            self._serve(options)

    def _serve(self, options: dict[str, Any]) -> None:
        files.sweep()
        call_command("migrate", interactive=False, verbosity=0)
        upkeep.refresh_statistics()
        SessionStore.clear_expired()
        call_command("collectstatic", interactive=False, verbosity=0)
        from granian.constants import Interfaces, SSLProtocols  # noqa: PLC0415 -- a server is only loaded to serve

        from bihuan.management.server import Server  # noqa: PLC0415 -- as above

        _load_once()
        certificate, key = self._certificate(options) if options["tls"] else (None, None)
        scheme = "https" if certificate else "http"
        self.stdout.write(f"闭环已启动：{scheme}://{options['host']}:{options['port']}/  (Ctrl+C 停止)")
        server = Server(
            "bihuan.rsgi:server",
            address=options["host"],
            port=options["port"],
            interface=Interfaces.RSGI,
            workers=options["workers"],
            workers_kill_timeout=STOPPED_WITHIN,
            respawn_failed_workers=True,
            log_enabled=False,
            ssl_cert=certificate,
            ssl_key=key,
            ssl_protocol_min=SSLProtocols.tls12,
        )
        server.has_worker = not options["no_worker"]
        server.serve()

    def _certificate(self, options: dict[str, Any]) -> tuple[Path, Path]:
        """The files of certificate and key; one of our own making is named by its fingerprint."""
        given = (options["certificate"], options["key"])
        if any(given):
            for one, name in zip(given, ("--certificate", "--key"), strict=True):
                if one is None or not one.is_file():
                    raise CommandError(f"找不到{name}指的文件；证书和私钥要一起给。")
            return given
        path = Path(settings.DATA) / "keys/tls.pem"
        now = clock.now()
        pem = keyfile.kept(path, lambda: certificates.self_signed(settings.ALLOWED_HOSTS, now))
        if certificates.ends_on(pem) <= now:
            raise CommandError(f"自造的证书已过期；移走 {path} 再启动，会另造一张。")
        self.stdout.write(f"用自造的证书，浏览器第一次会问；指纹应为 {certificates.fingerprint(pem)}")
        return path, path


def _load_once() -> None:
    """Load the program before the workers are forked: what none of them changes is in the memory once.

    Nothing that two processes must not share is left open for them.
    """
    if sys.platform == "linux":
        multiprocessing.set_start_method("fork", force=True)
    import_module("bihuan.rsgi")
    for connection in connections.all(initialized_only=True):
        connection.close()
        getattr(connection, "close_pool", bool)()


def _refuse_taken(host: str, port: int) -> None:
    """Refuse a port that somebody answers on: the server would share it, and each would get half of the requests."""
    with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
        raise CommandError(f"端口{port}已有程序在用，也许闭环已经在运行；请先停掉它，或者用 --port 换一个端口。")


def _refuse_unsafe(host: str, *, is_tls: bool) -> None:
    """Refuse what no office should be served with."""
    if settings.DEBUG:
        raise CommandError("正式服务不能开着 BIHUAN_DEBUG。")
    if len(settings.SECRET_KEY) < SHORTEST_KEY or settings.SECRET_KEY.startswith("django-insecure"):
        raise CommandError(
            f"BIHUAN_SECRET_KEY 太短或是样例里的，至少要{SHORTEST_KEY}个字符；不设它，系统自己会造一个。"
        )
    if host not in {"127.0.0.1", "localhost", "::1"} and not (settings.TLS or settings.PLAIN_HTTP):
        raise CommandError(
            "明文只对本机开放；对外请用 --tls，或放在 TLS 代理之后并设 BIHUAN_TLS=1 和 BIHUAN_PROXY=代理的地址。"
        )
    if is_tls and not settings.TLS:
        raise CommandError("--tls 要同时设 BIHUAN_TLS=1，登录凭据才只走 https。")
    if why := provider.fault():
        raise CommandError(why)
    try:
        vault.check_key()
    except vault.Sealed as lost:
        raise CommandError(str(lost)) from None
