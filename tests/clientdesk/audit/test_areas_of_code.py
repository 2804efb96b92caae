from clientdesk.audit.areas_of_code import area_names


def areas(*paths):
    return sorted(set(area_names(paths).values()))


def test_top_folders_are_areas():
    assert areas("shop/a.py", "billing/b.py", "run.py") == ["(top folder)", "billing", "shop"]


def test_a_folder_that_holds_nearly_all_is_cut_once_more():
    inside = [f"src/app/{part}/{n}.py" for part in ("shop", "billing") for n in range(5)]

    assert areas(*inside, "src/app/start.py", "docs/conf.py") == [
        "docs",
        "src/app",
        "src/app/billing",
        "src/app/shop",
    ]


def test_no_folder_at_all_is_one_area():
    assert areas("a.py", "b.py") == ["(top folder)"]


def test_nothing_has_no_areas():
    assert area_names([]) == {}
