"""`clientdesk doctor`: status 1 only for what prevents the main job, and each thing with how it is mended."""


def test_sane_machine_is_status_0_with_what_to_look_at(clientdesk, advisories):
    clientdesk.settings["CLIENTDESK_OSV_URL"] = advisories

    done = clientdesk("doctor")

    assert done.returncode == 0, done.stdout
    assert "the example rates are untouched" in done.stdout
    assert "0 broken" in done.stdout
    for name in ("git", "PDF (pango)", "Database", "E-mail", "Prefect", "Advisories", "agency.toml"):
        assert f" {name} " in done.stdout


def test_data_folder_that_can_not_be_written_is_status_1(clientdesk):
    clientdesk.home.write_text("in the way", encoding="utf-8")

    done = clientdesk("doctor")

    assert done.returncode == 1
    assert "a folder that you may write to" in done.stdout


def test_broken_agency_file_is_status_1_with_key_and_line(clientdesk):
    (clientdesk.cwd / "agency.toml").write_text("[rates]\ncurrency = 7\n", encoding="utf-8")

    done = clientdesk("doctor")

    assert done.returncode == 1
    assert "rates.currency" in done.stdout
    assert "line 2" in done.stdout


def test_environment_that_can_not_be_used_is_status_1(clientdesk):
    clientdesk.settings["CLIENTDESK_CLONE_MAX_MB"] = "lots"

    done = clientdesk("doctor")

    assert done.returncode == 1
    assert "CLIENTDESK_CLONE_MAX_MB" in done.stdout


def test_pango_that_is_missing_is_status_1_with_the_commands_that_bring_it(clientdesk, without_pango):
    clientdesk.settings |= without_pango

    done = clientdesk("doctor")

    assert done.returncode == 1
    assert all(tool in done.stdout for tool in ("apt", "dnf", "brew"))
