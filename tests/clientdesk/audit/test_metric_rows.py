from clientdesk.audit.metric_rows import as_metrics, is_row, rows_of


def test_rows_come_back_in_their_order_among_other_figures():
    rows = [{"path": f"{n}.py", "score": n} for n in range(12)]

    metrics = {"hotspots.commits": 3, **as_metrics("hotspots", rows), **as_metrics("knowledge", [{"area": "x"}])}

    assert rows_of(metrics, "hotspots") == rows
    assert rows_of(metrics, "nothing") == []


def test_a_plain_figure_is_no_row():
    assert [is_row(name) for name in ("hotspots.3.path", "hotspots.commits", "code.sloc.c++")] == [True, False, False]
