"""Master and workers of a Spark cluster as processes of this machine."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_PATIENCE = 120  # seconds for master and workers to find, or to miss, each other
_HOST = "127.0.0.1"
_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # quick to start


@dataclass(frozen=True, slots=True)
class Standalone:
    """`environment`: what a driver of this cluster needs, NHANLUCSO_SPARK among it; `start`: a worker, by its place."""

    master: str
    workers: list[subprocess.Popen[bytes]]
    status: str
    environment: dict[str, str]
    start: Callable[[int], subprocess.Popen[bytes]]

    def alive(self) -> int:
        """Workers that the master hears of."""
        with urllib.request.urlopen(self.status, timeout=_PATIENCE) as answer:
            held: dict[str, Any] = json.load(answer)
        return sum(worker["state"] == "ALIVE" for worker in held["workers"])

    def kill(self, place: int) -> None:
        """As when a machine loses its power: the worker, its executors, what these run; then the master knows."""
        alive = self.alive()
        os.killpg(self.workers[place].pid, signal.SIGKILL)
        self.workers[place].wait()
        _until(lambda: self.alive() < alive)

    def revive(self, place: int) -> None:
        """A killed worker begins anew."""
        alive = self.alive()
        self.workers[place] = self.start(place)
        _until(lambda: self.alive() > alive)


@contextmanager
def standalone(folder: Path) -> Iterator[Standalone]:
    """A cluster with one core and a little memory for each worker; its files lie in the folder."""
    spark = find_spec("pyspark")
    assert spark is not None and spark.origin is not None
    home = Path(spark.origin).parent
    driver = {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": _HOST,
        "SPARK_CONF_DIR": str(_configured(folder)),
        "PYSPARK_PYTHON": sys.executable,
    }
    ours = driver | {
        "SPARK_NO_DAEMONIZE": "1",
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": _JAVA,
        "SPARK_WORKER_DIR": str(folder / "work"),
    }
    port, page = _free(), _free()
    master = f"spark://{_HOST}:{port}"
    with ExitStack() as running:

        def start(name: str, kind: str, *words: str) -> subprocess.Popen[bytes]:
            log = running.enter_context((folder / f"{name}.log").open("ab"))
            daemon = f"org.apache.spark.deploy.{kind}"
            process = subprocess.Popen(
                [home / "bin" / "spark-class", daemon, "--host", _HOST, *words],
                env=os.environ | ours,
                stdout=log,
                stderr=log,
                start_new_session=True,  # so that a worker is killed with all that it runs
            )
            running.callback(_ended, process)
            return process

        def worker(place: int) -> subprocess.Popen[bytes]:
            places = ("--port", str(_free()), "--webui-port", str(_free()))
            size = ("--cores", "1", "--memory", "1g")
            return start(f"worker{place}", "worker.Worker", *places, *size, master)

        start("master", "master.Master", "--port", str(port), "--webui-port", str(page))
        status = f"http://{_HOST}:{page}/json/"
        made = Standalone(master, [], status, {**driver, "NHANLUCSO_SPARK": master}, worker)
        _until(lambda: made.alive() == 0)
        made.workers.extend(worker(place) for place in range(2))
        _until(lambda: made.alive() == 2)
        yield made


def _configured(folder: Path) -> Path:
    """Settings of a small cluster, as an operator gives them: in spark-defaults.conf."""
    conf = folder / "conf"
    conf.mkdir()
    lines = {
        "spark.driver.host": _HOST,
        "spark.driver.bindAddress": _HOST,
        "spark.driver.memory": "768m",
        "spark.driver.extraJavaOptions": _JAVA,
        "spark.executor.memory": "640m",
        "spark.executor.extraJavaOptions": _JAVA,
        "spark.sql.shuffle.partitions": "2",
        # A few rows by many queries: what is compiled for each would cost more than running it.
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.adaptive.enabled": "false",
    }
    (conf / "spark-defaults.conf").write_text("".join(f"{name} {value}\n" for name, value in lines.items()))
    return conf


def _until(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            if happened():
                return
        except OSError:  # the master does not listen yet
            pass
        time.sleep(0.2)
    raise RuntimeError("the cluster did not come to be as it should")


def _ended(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free() -> int:
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        return int(probe.getsockname()[1])
