"""What we say we can do, and the tests that prove it."""

from tests.house.features import claimed_in, claims, rows, without_a_test
from tests.house.figures import FIGURES


def test_a_test_proves_only_features_that_have_a_row():
    unknown = {feature: files for feature, files in claims().items() if feature not in rows()}

    assert unknown == {}


def test_rows_without_a_test_are_told():
    """No gate: a row may wait for its page. They are told at the end of the run."""
    FIGURES["Features"] = f"{len(rows())} rows, without a test: {', '.join(without_a_test()) or 'none'}"

    assert len(rows()) > 20


def test_marks_are_found_wherever_they_stand():
    source = (
        'pytestmark = [mark.feature("AAA-01")]\n@pytest.mark.feature("BBB-02", "CCC-03")\ndef test(): ...'
    )

    assert claimed_in(source) == {"AAA-01", "BBB-02", "CCC-03"}
