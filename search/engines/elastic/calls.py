"""Calls of Elasticsearch whose failures become one kind of error: EngineUnavailable for "cannot now"."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from elasticsearch import ApiError, Elasticsearch, TransportError

from search.engines.base import EngineUnavailable

from .bodies import Body

Reply = TypeVar("Reply")


def called(method: Callable[..., Reply], **arguments: Any) -> Reply:
    """What the method returns. Raises EngineUnavailable for "cannot now"; a request that Elasticsearch finds wrong is our own error
    and is raised as it is."""
    try:
        return method(**arguments)
    except ApiError as error:
        if _cannot_now(error.meta.status):
            raise EngineUnavailable(str(error)) from error
        raise
    except TransportError as error:
        raise EngineUnavailable(str(error)) from error


def side_by_side(client: Elasticsearch, index: str, bodies: Mapping[str, Body]) -> dict[str, Any]:
    """The answers to several searches, by name. Raises EngineUnavailable when one of them cannot be answered now."""
    reply = client.msearch(index=index, searches=[line for body in bodies.values() for line in ({}, body)])
    for answer in reply["responses"]:
        if "error" in answer:
            if _cannot_now(answer["status"]):
                raise EngineUnavailable(str(answer["error"]))
            raise ValueError(f"Elasticsearch cannot read the search: {answer['error']}")
    return dict(zip(bodies, reply["responses"], strict=True))


def _cannot_now(status: int) -> bool:
    """A key that is not taken, an index that is not there yet, is read-only or overloaded, or a server that fails; all else is a fault
    of ours."""
    return status in (401, 403, 404, 429) or status >= 500
