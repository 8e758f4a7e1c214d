"""Two random states of one dossier: their difference is told month by month, to the cent."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.complements.comparing import compare
from reports.documents.json_file import render_json
from reports.dossier import Dossier
from reports.sent import Sent
from tests.reports.documents.dossiers import dossier

PLAIN = dossier()
CENTS = st.integers(-50_000, 900_000)


def states() -> st.SearchStrategy[Dossier]:
    """The plain dossier with some of its lines, each payable for any amount."""
    staff, invoices = PLAIN.staff, PLAIN.invoices
    return st.tuples(
        st.lists(st.tuples(st.sampled_from(staff), CENTS), max_size=12),
        st.lists(st.tuples(st.sampled_from(invoices), CENTS), max_size=12),
    ).map(_state)


def _state(drawn) -> Dossier:
    staff = tuple(replace(line, payable=amount) for line, amount in drawn[0])
    invoices = tuple(replace(line, payable=amount) for line, amount in drawn[1])
    payable = sum(line.payable or 0 for line in (*staff, *invoices))
    amounts = replace(PLAIN.amounts, payable=payable)
    return replace(PLAIN, staff=staff, invoices=invoices, amounts=amounts)


def sent_of(state: Dossier) -> Sent:
    text = render_json(state).decode()
    return Sent("ESSAI-2024", "demo", 2024, 1, date(2025, 3, 1), date(2025, 3, 2), text)


@settings(max_examples=150, deadline=None)
@given(states(), states())
def test_the_months_and_heads_sum_to_what_is_payable_now_less_what_was_sent(
    before: Dossier, after: Dossier
) -> None:
    found = compare(sent_of(before), after)
    assert found.amount == (after.amounts.payable or 0) - (before.amounts.payable or 0)
    assert sum(line.amount for line in found.lines) == found.amount
    assert all(line.amount for line in found.lines)
    keys = [(line.month, line.head) for line in found.lines]
    assert len(set(keys)) == len(keys)
    back = compare(sent_of(after), before)
    assert {key: -line.amount for key, line in zip(keys, found.lines, strict=True)} == {
        (line.month, line.head): line.amount for line in back.lines
    }


@settings(max_examples=30, deadline=None)
@given(states())
def test_a_dossier_that_is_computed_again_alike_has_no_complement(state: Dossier) -> None:
    found = compare(sent_of(state), state)
    assert (found.amount, found.lines, found.causes) == (0, (), ())
    assert not found.differs
    assert not found.staff
    assert not found.invoices


def test_an_empty_document_has_an_unknown_amount_and_breaks_nothing() -> None:
    found = compare(replace(sent_of(PLAIN), text="{}"), PLAIN)
    assert (found.sent, found.amount, found.lines) == (None, None, ())
