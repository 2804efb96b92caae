import pytest
from fakes.parsed import parsed

from clientdesk.adapters.analysers.rules import script_data


@pytest.mark.parametrize(
    ("source", "packages"),
    [
        ("import _ from 'lodash'", ["lodash"]),
        ("import 'antd'", ["antd"]),
        ("import { Box } from '@mui/material'", ["@mui/material"]),
        ("const m = require('moment')", ["moment"]),
        ("import debounce from 'lodash/debounce'", []),
        ("import Box from '@mui/material/Box'", []),
        ("import a from './lodash'", []),
        ("import type { M } from 'moment'", []),
        ("const a = other('moment')", []),
    ],
)
def test_only_a_package_taken_in_whole_is_told(source, packages):
    found = script_data.facts("typescript", parsed("typescript", source)).get("imports", [])

    assert [name for _, name in found] == packages
