#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
# Every console block of the documentation, run.
exec scripts/run-console-blocks ./*.md docs/*.md
