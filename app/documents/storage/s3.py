"""Documents in a bucket of S3, or of anything that speaks its language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, Final, cast

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from app.documents.storage.contract import FileMissing, Kept

_GONE: Final = frozenset({"NoSuchKey", "404"})
#: Seconds until a bucket that does not answer is given up.
_TIMEOUT: Final = 20


def client_for(*, endpoint: str, region: str, access_key: str, secret_key: str) -> Any:
    """Return a client.

    Args:
        endpoint: address of the service; empty for Amazon's own.
        region: of the bucket.
        access_key: empty when the machine's own identity is used.
        secret_key: belongs to `access_key`.
    """
    config = Config(
        connect_timeout=_TIMEOUT, read_timeout=_TIMEOUT, retries={"max_attempts": 3}, s3={"addressing_style": "path"}
    )
    return boto3.client(
        "s3",
        endpoint_url=endpoint or None,
        region_name=region,
        aws_access_key_id=access_key or None,
        aws_secret_access_key=secret_key or None,
        config=config,
    )


class S3Store:
    """Objects of one bucket below one prefix."""

    def __init__(self, client: Any, bucket: str, prefix: str) -> None:
        self._client = client
        self._bucket = bucket
        self._prefix = f"{prefix}/" if prefix else ""

    def put(self, name: str, content: BinaryIO) -> None:
        """Store the object; an answer of the service means that it is kept."""
        start = content.tell()
        size = content.seek(0, 2) - start
        content.seek(start)
        self._client.put_object(Bucket=self._bucket, Key=self._prefix + name, Body=content, ContentLength=size)

    def open(self, name: str) -> BinaryIO:
        """Return the object as a stream, to be closed by the caller.

        Raises:
            FileMissing: there is none.
        """
        try:
            answer = self._client.get_object(Bucket=self._bucket, Key=self._prefix + name)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in _GONE:
                raise FileMissing(name) from None
            raise
        return cast("BinaryIO", answer["Body"])

    def remove(self, name: str) -> None:
        """Remove the object, if it is there."""
        self._client.delete_object(Bucket=self._bucket, Key=self._prefix + name)

    def everything(self) -> Iterator[Kept]:
        """Return every object below the prefix."""
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=self._prefix)
        for page in pages:
            for one in page.get("Contents", ()):
                yield Kept(one["Key"].removeprefix(self._prefix), one["LastModified"])
