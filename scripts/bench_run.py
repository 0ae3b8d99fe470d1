# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
"""bench_run.py - how the benches run the command and its peers, and what it
takes: seconds of the processor and of the clock, and the peak of memory."""
import json
import os
import statistics
import subprocess
import time
import traceback
from collections import namedtuple

import figures

ZUBDA = os.path.join(figures.BUILD, "zubda")
PEERS = os.path.join(figures.BUILD, "peers", "bin", "python")
TMPFS = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
FULL = bool(os.environ.get("FULL"))
RUNS = 5
MIB = 2**20

# What is called with a folder, the files it cannot do without, and where the
# folder is; None: where temporary files are.
Bench = namedtuple("Bench", "work needs folder", defaults=[None])


class Failed(Exception):
    """A command that did not end well: its row cannot be measured."""


def run(*command, output=os.devnull):
    """Seconds, of the clock and of the processor, and peak resident bytes."""
    start = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ, file_actions=[
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, output,
         os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)])
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    if status:
        code = os.waitstatus_to_exitcode(status)
        raise Failed(f"`{shown(*command)}`: status {code}")
    return (seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def runs(*command, times=RUNS):
    """Median seconds of the processor, and the highest peak."""
    _, seconds, peaks = zip(*(run(*command) for _ in range(times)))
    return statistics.median(seconds), max(peaks)


def build_tool(name, folder):
    """scripts/NAME.c with our library, in the folder."""
    flags = subprocess.run(
        ["pkg-config", "--libs", "icu-i18n", "icu-uc", "zlib", "libxml-2.0",
         "libcjson"], stdout=subprocess.PIPE, check=True, text=True)
    tool = os.path.join(folder, name)
    subprocess.run(
        [os.environ.get("CC", "cc"), "-O2", "-Iinclude", "-o", tool,
         f"scripts/{name}.c", os.path.join(figures.BUILD, "libzubda.a"),
         *flags.stdout.split(), "-lstemmer", "-lpthread", "-lm", "-ldl"],
        check=True)
    return tool


def apart(work, *arguments):
    """Calls in a process of its own: what this one has held counts as the
    peak of those it starts."""
    child = os.fork()
    if child == 0:
        try:
            work(*arguments)
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    if os.waitpid(child, 0)[1]:
        raise Failed(f"{work.__name__} failed")


def peers(what, *arguments):
    """What scripts/bench_peers.py found, by name; nothing without peers."""
    if not have_peers():
        figures.missing("peers", "`scripts/install-peers` could not install "
                        "them")
        return {}
    done = subprocess.run([PEERS, "-W", "ignore", "scripts/bench_peers.py",
                           what, *arguments], stdout=subprocess.PIPE,
                          check=False, env={**os.environ,
                                            "OPENBLAS_NUM_THREADS": "1",
                                            "OMP_NUM_THREADS": "1"})
    if done.returncode:
        raise Failed(f"the peers of {what}: status {done.returncode}")
    return json.loads(done.stdout)


def attempt(what, work, *arguments):
    """Its result; if it failed, a row that says so."""
    try:
        return work(*arguments)
    except Failed as problem:
        figures.missing(what, problem)
        return None


def have_peers():
    return subprocess.run(["scripts/install-peers"],
                          check=False).returncode == 0


def peer_rows(found, count, unit, ours):
    for name, one in found.items():
        rate = count / statistics.median(one["seconds"])
        said = f"{one['right']} of {count} right"
        if one["failures"]:
            said += f", {one['failures']} failed"
        figures.row(f"{name} ({said})",
                    f"{rate:,.0f} {unit}, ours {ours / rate:,.0f} times")


def shown(*command):
    return " ".join(command).replace(figures.ROOT + "/", "")


def count_lines(path):
    with open(path, "rb") as file:
        return sum(1 for _ in file)
