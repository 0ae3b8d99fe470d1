# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
"""figures.py - how the measuring scripts say a figure: a row of a Markdown
table with what was needed, and **short** where it is not reached."""
import os

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD = os.environ.get("B", "build")
DATA = "../shared/data"


def say(*parts):
    print(*parts, flush=True)


def say_prose(doc, paragraph):
    """A paragraph of a docstring, from 0, on one line."""
    say(" ".join(doc.split("\n\n")[paragraph].split()) + "\n")


def start_table(first="what"):
    say(f"| {first} | figure | needed | command |\n|---|---|---|---|")


def row(what, figure, needed="", met=True, command=""):
    figure = figure if met else f"{figure} **short**"
    say(f"| {what} | {figure} | {needed} | {command and f'`{command}`'} |")


def at_least(what, value, least, form="{:.3f}", command=""):
    row(what, form.format(value), "≥ " + form.format(least), value >= least,
        command)


def at_most(what, value, most, form="{:.3f}", command=""):
    row(what, form.format(value), "≤ " + form.format(most), value <= most,
        command)


def missing(what, why):
    """A row that could not be measured is not reached."""
    row(what, f"not measured: {why}", met=False)
