"""Pages of the admin that are read take no lock of the database; what changes something is one transaction."""

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import resolve

from library.frame.reading import reading_takes_no_lock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("method", "transactions"), [("get", 0), ("head", 0), ("post", 1), ("put", 1)])
def test_only_a_request_that_changes_something_opens_a_transaction(rf: RequestFactory, method: str, transactions: int):
    def view(request: HttpRequest) -> HttpResponse:
        opened.append(len(connection.savepoint_ids) - before)
        return HttpResponse()

    opened: list[int] = []
    before = len(connection.savepoint_ids)
    reading_takes_no_lock(view)(getattr(rf, method)("/"))
    assert opened == [transactions]


def test_a_change_that_fails_leaves_nothing(rf: RequestFactory):
    def view(request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE half_done (number integer)")
        raise ValueError

    with pytest.raises(ValueError):
        reading_takes_no_lock(view)(rf.post("/"))
    assert "half_done" not in connection.introspection.table_names()


@pytest.mark.parametrize("address", ["/admin/", "/admin/snippets/records/record/", "/admin/media/", "/admin/reports/site-history/"])
def test_the_pages_of_the_admin_are_such(address: str):
    assert "default" in resolve(address).func._non_atomic_requests
