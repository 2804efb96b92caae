"""An S3-compatible object store on loopback, moto's, with one bucket."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import Request, urlopen

import boto3
from moto.server import ThreadedMotoServer

BUCKET = "desk"
_REGION = "eu-central-1"


@contextmanager
def object_store() -> Iterator[dict[str, str]]:
    """The variables that lead to it, as the AWS tools know them; it lives as long as the block."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    reached = {
        "AWS_ENDPOINT_URL_S3": address,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": _REGION,
    }
    maker = boto3.client(
        "s3", endpoint_url=address, region_name=_REGION, aws_access_key_id="test", aws_secret_access_key="test"
    )
    try:
        # moto keeps what it has for the whole process, whichever server asks.
        urlopen(Request(f"{address}/moto-api/reset", method="POST")).close()
        maker.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": _REGION})
        yield reached
    finally:
        maker.close()
        server.stop()
