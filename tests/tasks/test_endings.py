"""The words of an error, without the frame around them."""

import pytest

from tasks.endings import why


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("Flow run encountered an exception: Refusal: no such repository", "no such repository"),
        ("Flow run encountered an exception: OSError: [Errno 28] disk full", "OSError: [Errno 28] disk full"),
        ("The flow was paused and never resumed.", "The flow was paused and never resumed."),
        ("", ""),
    ],
)
def test_words_of_the_error_are_left(message, words):
    assert why(message) == words
