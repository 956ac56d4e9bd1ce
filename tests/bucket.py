"""An S3 server of the tests' own, on loopback, in this process: `served()`; and by itself: `python -m tests.bucket`."""

import logging
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

NAME, KEY, SECRET = "evidence", "tests", "only-for-tests"


@contextmanager
def served() -> Iterator[str]:
    """Where it is; a bucket `evidence` is there."""
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    make_bucket(address)
    try:
        yield address
    finally:
        server.stop()


def make_bucket(address: str) -> None:
    """Make the bucket."""
    import boto3

    client = boto3.client(
        "s3",
        endpoint_url=address,
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
        region_name="us-east-1",
    )
    client.create_bucket(Bucket=NAME)


def settings_of(address: str) -> dict[str, str]:
    """The environment of a site whose files lie there."""
    return {
        "BIHUAN_FILES": f"s3://{NAME}/office",
        "BIHUAN_S3_ENDPOINT": address,
        "BIHUAN_S3_KEY": KEY,
        "BIHUAN_S3_SECRET": SECRET,
    }


if __name__ == "__main__":
    with served() as where:
        sys.stdout.write(f"{where}\n")
        sys.stdout.flush()
        while os.getppid() != 1:
            time.sleep(1)
