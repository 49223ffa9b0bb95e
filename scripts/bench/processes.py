"""Servers as child processes, each on its own core, with their start-up time and memory."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import httpx

READY_WITHIN_S = 60
"""A server that is not ready by then never will be."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    url: str
    pid: int
    ready_s: float
    """Seconds from the start of the process to its first good answer."""

    def resident_mb(self) -> float:
        """Resident memory now, in MB."""
        for line in Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise RuntimeError(f"process {self.pid} has no resident memory")


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(*arguments: str, core: int, environment: Mapping[str, str], ready: str, log: Path) -> Generator[Server]:
    """Run `python -m …arguments` on one core; `{port}` in an argument is replaced; yields when `ready` answers 200."""
    port = free_port()
    command = [sys.executable, *(argument.replace("{port}", str(port)) for argument in arguments)]
    url = f"http://127.0.0.1:{port}"
    started = time.perf_counter()
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, env={**os.environ, **environment, "PORT": str(port)}, stdout=output, stderr=output
        )
        os.sched_setaffinity(process.pid, {core})
        try:
            _wait(process, url + ready, started, log)
            yield Server(url, process.pid, time.perf_counter() - started)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(process: subprocess.Popen[bytes], url: str, started: float, log: Path) -> None:
    with httpx.Client(timeout=1) as client:
        while time.perf_counter() - started < READY_WITHIN_S:
            if process.poll() is not None:
                raise RuntimeError(f"the server stopped: {log.read_text(encoding='utf-8')[-2000:]}")
            with suppress(httpx.TransportError):
                if client.get(url).status_code == HTTPStatus.OK:
                    return
            time.sleep(0.01)
    raise RuntimeError(f"no answer from {url}: {log.read_text(encoding='utf-8')[-2000:]}")
