from clientdesk.adapters.analysers.rules.origin import Origin, graded, worst


def test_a_whole_is_as_dangerous_as_its_worst_part():
    assert worst([Origin.FIXED, Origin.REQUEST, Origin.GIVEN]) is Origin.REQUEST
    assert worst([]) is Origin.FIXED


def test_what_the_code_itself_says_breaks_no_rule():
    assert [graded(origin, "visitor", "caller", "unclear") for origin in Origin] == ["", "unclear", "caller", "visitor"]
