import json

import pytest

from brobygger.foundation.signature import as_path, read_strokes


def test_a_drawing_is_read_and_drawn_again():
    strokes = read_strokes(json.dumps([[10, 20, 30, 40], [5, 5]]))

    assert strokes == [[10, 20, 30, 40], [5, 5]]
    assert as_path(strokes) == "M10 20L30 40M5 5L5 5"


@pytest.mark.parametrize("empty", ["", "   ", "[]"])
def test_an_empty_field_is_no_drawing(empty):
    assert read_strokes(empty) is None


@pytest.mark.parametrize(
    "text",
    [
        "not json",
        '{"a": 1}',
        "[[1]]",
        "[[1, 2, 3]]",
        "[[]]",
        '[["1", "2"]]',
        "[[true, false]]",
        "[[1.5, 2.5]]",
        "[[NaN, 1]]",
        "[[1, 99999]]",
        '[["0\\"/><script>", 1]]',
        "[" * 20_000,
    ],
)
def test_what_is_not_a_drawing_is_refused(text):
    with pytest.raises(ValueError, match="not a drawing"):
        read_strokes(text)


@pytest.mark.parametrize("text", ["[[" + "1," * 30_000 + "1]]", json.dumps([[1, 2] * 3_001])])
def test_a_drawing_too_large_is_refused(text):
    with pytest.raises(ValueError, match="too large"):
        read_strokes(text)
