"""The library's signature under a pack: Ed25519 (RFC 8032)."""

import base64
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings


class SigningKeyError(Exception):
    """The file of the key holds no key of this kind."""


def sign(content: bytes) -> str:
    """The signature of the content, in base64. Makes the library's key at the first signature."""
    return base64.b64encode(_private_key().sign(content)).decode()


def is_signed(content: bytes, signature: str, public_key: bytes) -> bool:
    """Whether the owner of the key (PEM) signed exactly this content."""
    try:
        key = load_pem_public_key(public_key)
        if not isinstance(key, Ed25519PublicKey):
            return False
        key.verify(base64.b64decode(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True


def public_key() -> bytes:
    """The key with which anybody checks a signature, as PEM."""
    return _private_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _private_key() -> Ed25519PrivateKey:
    path = Path(settings.PACK_SIGNING_KEY)
    if not path.exists():
        _make(path)
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except ValueError as error:
        raise SigningKeyError(f"{path} holds no private key") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise SigningKeyError(f"{path} holds no Ed25519 key")
    return key


def _make(path: Path) -> None:
    """Writes a new key whole under its name, or leaves the one that another process has just written."""
    content = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    temporary.touch(mode=0o600)
    temporary.write_bytes(content)
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()
