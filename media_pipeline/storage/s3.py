"""A bucket of an S3 server as storage. The only file that imports boto3, which is an optional package (extra ``s3``).

Rules learnt on a real server: every put is conditional (``If-None-Match: *``) and carries its SHA-256; after a multipart
Complete the object is looked up again, for a killed server answered success for an object that was not there; part uploads
that were left over are aborted by the sweeper, since lifecycle rules may not exist.
"""

import base64
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
from boto3.exceptions import S3UploadFailedError
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings

from .base import CHUNK, SENTINEL, SENTINEL_KEY, KeyConflict, Stat, StorageAbsent, StorageError, StorageFull, require_order
from .hashing import sha256_of_chunks

MULTIPART_ABOVE = 64 * 1024 * 1024
PART = 16 * 1024 * 1024
IMPATIENCE, PATIENCE = (2, 3), (5, 60)  # seconds to connect and to read, for web requests and for workers
ATTEMPTS = 3
LEFTOVER_AFTER = timedelta(hours=24)
COPYING = TransferConfig(multipart_threshold=1024**3, multipart_chunksize=256 * 1024**2, use_threads=False)
_FULL = {"InsufficientStorage", "QuotaExceeded", "StorageFull", "XMinioStorageFull"}
_MISSING = {"404", "NoSuchKey", "NotFound"}
_TAKEN = {"PreconditionFailed", "412", "ConditionalRequestConflict", "409"}


class S3Storage:
    """A bucket of any S3 server. Short waits for web requests, longer ones for workers: ``patient``."""

    def __init__(self, bucket: str, prefix: str = "", alias: str = "main", *, patient: bool = False) -> None:
        self.bucket, self.prefix, self.alias = bucket, prefix, alias
        connect, read = PATIENCE if patient else IMPATIENCE
        self.client = boto3.session.Session().client(
            "s3",
            endpoint_url=settings.S3_ENDPOINT_URL or None,
            region_name=settings.S3_REGION,
            aws_access_key_id=settings.S3_ACCESS_KEY_ID,
            aws_secret_access_key=settings.S3_SECRET_ACCESS_KEY,
            config=Config(
                signature_version="s3v4",
                retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
                connect_timeout=connect,
                read_timeout=read,
            ),
        )

    def _at(self, key: str) -> dict[str, Any]:
        return {"Bucket": self.bucket, "Key": self.prefix + key}

    def put(self, key: str, source: Path, sha256: str, mime: str) -> None:
        size = source.stat().st_size
        with _translated():
            try:
                if size > MULTIPART_ABOVE:
                    self._put_in_parts(key, source, mime)
                else:
                    self._put_whole(key, source, sha256, mime)
            except ClientError as error:
                if _code(error) not in _TAKEN:
                    raise
        stat = self.stat(key)
        if stat is None or stat.size != size:
            raise StorageError(f"{key}: the server reported success but does not hold the bytes")
        self._compare(key, sha256)

    def _put_whole(self, key: str, source: Path, sha256: str, mime: str) -> None:
        with source.open("rb") as body:
            self.client.put_object(
                **self._at(key),
                Body=body,
                ContentType=mime,
                IfNoneMatch="*",
                ChecksumSHA256=base64.b64encode(bytes.fromhex(sha256)).decode(),
                Metadata={"sha256": sha256},
            )

    def _put_in_parts(self, key: str, source: Path, mime: str) -> None:
        upload = self.client.create_multipart_upload(**self._at(key), ContentType=mime, ChecksumAlgorithm="SHA256")["UploadId"]
        with ExitStack() as unfinished:
            unfinished.callback(self._abort, self.prefix + key, upload)
            parts: list[Any] = []
            with source.open("rb") as file:
                while body := file.read(PART):
                    part = self.client.upload_part(
                        **self._at(key), UploadId=upload, PartNumber=len(parts) + 1, Body=body, ChecksumAlgorithm="SHA256"
                    )
                    parts.append({"PartNumber": len(parts) + 1, "ETag": part["ETag"], "ChecksumSHA256": part["ChecksumSHA256"]})
            self.client.complete_multipart_upload(**self._at(key), UploadId=upload, MultipartUpload={"Parts": parts}, IfNoneMatch="*")
            unfinished.pop_all()

    def _abort(self, full_key: str, upload: str) -> None:
        """Give up a part upload; one that is gone already, or a server that does not answer, is left to the sweeper."""
        try:
            self.client.abort_multipart_upload(Bucket=self.bucket, Key=full_key, UploadId=upload)
        except (ClientError, BotoCoreError):
            return

    def _compare(self, key: str, sha256: str) -> None:
        """The stored bytes, read back, are the ones that were given."""
        if sha256_of_chunks(self.stream(key)) != sha256:
            raise KeyConflict(f"other bytes are stored as {key}")

    def stream(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        options: dict[str, Any] = {"Range": f"bytes={start}-{'' if end is None else end - 1}"} if start or end is not None else {}
        with _translated():
            try:
                body = self.client.get_object(**self._at(key), **options)["Body"]
            except ClientError as error:
                if _code(error) in _MISSING:
                    raise FileNotFoundError(key) from error
                raise
        return _read(body)

    def stat(self, key: str) -> Stat | None:
        with _translated():
            try:
                head = self.client.head_object(**self._at(key))
            except ClientError as error:
                if _code(error) in _MISSING:
                    return None
                raise
        return Stat(key, head["ContentLength"], head["LastModified"])

    def delete(self, key: str, *, by_order: bool = False) -> None:
        require_order(key, by_order)
        with _translated():
            self.client.delete_object(**self._at(key))

    def walk(self, prefix: str) -> Iterator[Stat]:
        with _translated():
            for page in self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=self.prefix + prefix):
                for entry in page.get("Contents", []):
                    yield Stat(entry["Key"].removeprefix(self.prefix), entry["Size"], entry["LastModified"])

    def move(self, key: str, target: str) -> None:
        before = self.stat(key)
        if before is None:
            raise FileNotFoundError(key)
        with _translated():  # in parts where it is large: one copy takes 5 GB at most
            self.client.copy({"Bucket": self.bucket, "Key": self.prefix + key}, self.bucket, self.prefix + target, Config=COPYING)
        after = self.stat(target)
        if after is None or after.size != before.size:
            raise StorageError(f"{key} could not be copied to {target}")
        self.delete(key, by_order=True)  # it has another key now

    def sign(self, key: str, seconds: int, mime: str, disposition: str) -> str:
        answer = {"ResponseContentType": mime, "ResponseContentDisposition": disposition}
        return self.client.generate_presigned_url("get_object", Params={**self._at(key), **answer}, ExpiresIn=seconds)

    def free_bytes(self) -> int | None:
        return None

    def prepare(self) -> None:
        with _translated():
            try:
                self.client.create_bucket(Bucket=self.bucket)
            except ClientError as error:
                if _code(error) not in {"BucketAlreadyOwnedByYou", "BucketAlreadyExists"}:
                    raise
            self.client.put_object(**self._at(SENTINEL_KEY), Body=SENTINEL)

    def allow_origin(self, origin: str) -> None:
        rule: Any = {"AllowedOrigins": [origin], "AllowedMethods": ["GET", "HEAD"], "AllowedHeaders": ["*"], "MaxAgeSeconds": 3600}
        rule["ExposeHeaders"] = ["Accept-Ranges", "Content-Length", "Content-Range", "ETag"]
        with _translated():
            self.client.put_bucket_cors(Bucket=self.bucket, CORSConfiguration={"CORSRules": [rule]})

    def require(self) -> None:
        try:
            if b"".join(self.stream(SENTINEL_KEY)) == SENTINEL:
                return
        except (FileNotFoundError, StorageError) as error:
            raise StorageAbsent(f"s3://{self.bucket} cannot be read: {error}") from error
        raise StorageAbsent(f"s3://{self.bucket} is not the storage that was prepared")

    def abort_leftovers(self) -> int:
        """Abort part uploads older than a day; returns how many."""
        before, aborted = datetime.now(UTC) - LEFTOVER_AFTER, 0
        with _translated():
            for page in self.client.get_paginator("list_multipart_uploads").paginate(Bucket=self.bucket, Prefix=self.prefix):
                for entry in page.get("Uploads", []):
                    if entry["Initiated"] < before:
                        self._abort(entry["Key"], entry["UploadId"])
                        aborted += 1
        return aborted


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


@contextmanager
def _translated() -> Iterator[None]:
    """boto3's errors as the storage's own, without addresses or signatures in their text."""
    try:
        yield
    except ClientError as error:
        full = _code(error) in _FULL or error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == 507
        raise (StorageFull if full else StorageError)(f"{error.operation_name}: {_code(error)}") from error
    except (BotoCoreError, S3UploadFailedError) as error:
        raise StorageError(type(error).__name__) from error


def _read(body: Any) -> Iterator[bytes]:
    with _translated():
        yield from body.iter_chunks(CHUNK)
