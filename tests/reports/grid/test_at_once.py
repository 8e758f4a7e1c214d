"""Two saves of the same month at the very same moment: one is kept, the other is shown both."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from staffing.models import AllocationNote
from tests.reports.grid.conftest import build_desk


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_the_same_moment_one_is_kept_and_the_other_told():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite en mémoire n'a qu'un écrivain : essayé sur PostgreSQL")
    desk = build_desk()
    read, start = desk.versions(), Barrier(2)

    def save(share: str) -> int:
        start.wait()
        try:
            return desk.save((desk.key(), share), versions=read).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as people:
        answers = sorted(people.map(save, ("30", "40")))
    assert answers == [200, 409]
    note = AllocationNote.objects.get()
    assert desk.cells()[desk.key()] in {"30", "40"}
    assert note.after == {"30": "11,4", "40": "15,2"}[desk.cells()[desk.key()]]
