"""Celery's side of the benchmark: the tasks, and with an argument the producer that sends them.

    celery -A celery_tasks worker     runs tasks; a byte on descriptor 3 tells of each that has ended
    python3 celery_tasks.py           sends what a line on its standard input asks for, and answers with a line
"""

import os
import sys

from celery import Celery, chain, chord, group

PADDING = "x" * 110

app = Celery("bench", broker=os.environ["BENCH_URL"], backend=os.environ["BENCH_URL"])
app.conf.update(
    task_serializer="json",
    result_serializer="json",
    accept_content=["json"],
    # As many as are of use to a worker of two processes; with the default it waits for Redis more often.
    worker_prefetch_multiplier=64,
    broker_pool_limit=None,
    worker_hijack_root_logger=False,
)


def tell():
    os.write(3, b".")


@app.task(name="noop")
def noop(x, y, padding):
    tell()


@app.task(name="ignored", ignore_result=True)
def ignored(x, y, padding):
    tell()


@app.task(name="step")
def step(given, padding):
    tell()


@app.task(name="gather")
def gather(results):
    tell()
    return len(results)


def call():
    return noop.s(2, 3, PADDING)


def submit(task, count):
    with app.producer_pool.acquire(block=True) as producer:
        for _ in range(count):
            task.apply_async((2, 3, PADDING), producer=producer)


WORKS = {
    "submit": lambda count: submit(noop, count),
    "submitIgnored": lambda count: submit(ignored, count),
    "roundTrip": lambda _: noop.delay(2, 3, PADDING).get(timeout=60, disable_sync_subtasks=False),
    "chain": lambda steps: chain(call(), *(step.s(PADDING) for _ in range(steps - 1))).delay().get(timeout=120),
    "chord": lambda members: chord([call() for _ in range(members)], gather.s()).delay().get(timeout=120),
    "group": lambda members: group([call() for _ in range(members)]).delay().get(timeout=120),
}


def serve():
    # A chain of a thousand is as deep, to Celery.
    sys.setrecursionlimit(100_000)
    print("ready", flush=True)
    for line in sys.stdin:
        work, count = line.split()
        try:
            WORKS[work](int(count))
            print("ok", flush=True)
        except Exception as error:
            print(f"failed {type(error).__name__}: {error}".replace("\n", " ")[:200], flush=True)


if __name__ == "__main__":
    serve()
