"""Containers of the official images: started without a reaper, removed by label."""

from __future__ import annotations

import gc
import secrets
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

import psycopg

from tests.server_choice import NoServerError

if TYPE_CHECKING:
    import docker

LABEL = "minimize.tests.run"


def ask_engine() -> str | None:
    """Return the Docker engine's version, or None where none answers."""
    from docker.errors import DockerException  # noqa: PLC0415 - slow to import

    with warnings.catch_warnings():
        # A client that finds no engine never closes its socket.
        warnings.simplefilter("ignore", ResourceWarning)
        try:
            with engine() as client:
                return str(client.version()["Version"])
        except (DockerException, OSError):
            return None
        finally:
            gc.collect()


def remove_containers(*, owner: str) -> None:
    """Remove the containers of one run."""
    from docker.errors import APIError  # noqa: PLC0415 - slow to import

    with engine() as client:
        for container in client.containers.list(all=True, filters={"label": f"{LABEL}={owner}"}):
            with suppress(APIError):  # another process is removing it
                container.remove(force=True, v=True)


@contextmanager
def engine() -> Iterator[docker.DockerClient]:
    """Give a client of the Docker engine."""
    from testcontainers.core.docker_client import DockerClient  # noqa: PLC0415 - slow to import

    with closing(DockerClient(timeout=60).client) as client:
        yield client


def start_container(major: int, *, owner: str, settings: Mapping[str, str]) -> str:
    """Start a container, and return its URL once it answers on the network.

    Raises:
        NoServerError: The image is not there and cannot be pulled.
    """
    from docker.errors import DockerException  # noqa: PLC0415 - slow to import
    from testcontainers.core.config import testcontainers_config  # noqa: PLC0415 - slow to import
    from testcontainers.core.container import DockerContainer  # noqa: PLC0415 - slow to import

    # Its reaper removes a container when the process that started it ends; ours is shared by several.
    testcontainers_config.ryuk_disabled = True
    password = secrets.token_hex(8)
    arguments = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    container = (
        DockerContainer(f"postgres:{major}")
        .with_envs(POSTGRES_PASSWORD=password, PGDATA="/pgdata/data", POSTGRES_INITDB_ARGS="--no-sync")
        .with_exposed_ports(5432)
        .with_tmpfs_mount("/pgdata")
        .with_kwargs(labels={LABEL: owner}, shm_size="256m")
        .with_command(arguments)
    )
    try:
        container.start()
    except DockerException as failure:
        message = f"postgres:{major} cannot be started ({failure}): `docker pull` it, or see CONTRIBUTING.md"
        raise NoServerError(message) from None
    address = f"{container.get_container_host_ip()}:{container.get_exposed_port(5432)}"
    url = f"postgresql://postgres:{password}@{address}/postgres"
    container.get_docker_client().client.close()
    _wait_until_ready(url)
    return url


def _wait_until_ready(url: str, seconds: float = 60) -> None:
    # Over TCP, because the image's first server, which only runs its init scripts, listens on a socket alone.
    deadline = time.monotonic() + seconds
    while True:
        try:
            psycopg.connect(url, connect_timeout=5).close()
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
