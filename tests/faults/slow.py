"""Uploads of which only a part ever comes, over bare sockets."""

import socket

from tests.served import Clerk

LENGTH, EDGE = 400_000, "edge"


def begun(clerk: Clerk, path: str, sent: int, length: int = LENGTH) -> socket.socket:
    """An upload of so many bytes to a page that the clerk has read, of which so many were sent; still open."""
    cookies = "; ".join(f"{one.name}={one.value}" for one in clerk.jar)
    fields = f'--{EDGE}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{clerk.token}\r\n'
    file = (
        f'--{EDGE}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n'
    )
    end = f"\r\n--{EDGE}--\r\n"
    body = f"{fields}{file}".encode()
    body += b"x" * (length - len(body) - len(end)) + end.encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{clerk.site.port}\r\nCookie: {cookies}\r\n"
        f"Content-Type: multipart/form-data; boundary={EDGE}\r\nContent-Length: {length}\r\n\r\n"
    )
    line = socket.create_connection(("127.0.0.1", clerk.site.port))
    line.sendall(head.encode() + body[:sent])
    return line
