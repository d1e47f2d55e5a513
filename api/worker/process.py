"""One worker process: Dramatiq's threads, the sweeper, and a clean end."""

import threading

import dramatiq
import structlog
from dramatiq import Worker

from api.broker import GRAPH_QUEUE, QUEUE, Hints, idle_milliseconds, make_broker, prepare_broker
from api.conversation.incoming import ReadingDelay
from api.database import Database
from api.settings import Settings
from api.worker.meta import MetaTasks
from api.worker.pipeline import Pipeline
from api.worker.sweeper import Sweeper

logger = structlog.get_logger(__name__)


class WorkerProcess:
    """Works from `start` to `stop`.

    Dramatiq's own `Worker` runs here, without its master process, which would end with the first worker
    that dies. There are two, each with a broker of its own: one for our own work, one for what waits for Meta.
    """

    def __init__(self, settings: Settings, database_url: str) -> None:
        broker_url = settings.broker_url.get_secret_value() or database_url
        prepare_broker(broker_url)
        threads, sender_threads = settings.worker_threads, settings.sender_threads
        # Those who wait for Meta hold no connection meanwhile: one in two is enough.
        pool_size = threads + 1 + sender_threads // 2
        self._database = Database.connect(database_url, pool_size=pool_size, max_overflow=4)
        self._broker: dramatiq.Broker = make_broker(broker_url)
        self._graph_broker: dramatiq.Broker = make_broker(broker_url)
        self._hints = Hints(self._broker)
        delay = ReadingDelay(settings.reading_delay_seconds, settings.reading_max_delay_seconds)
        self.pipeline = Pipeline(self._database, self._hints, delay)
        self.pipeline.declare(self._broker)
        self.meta = MetaTasks(settings, self._database, self._hints)
        self.meta.declare(self._graph_broker)
        self._sweeper = Sweeper(self._database, self._hints, self.pipeline, self.meta)
        idle = idle_milliseconds(broker_url)
        self._worker = Worker(self._broker, queues={QUEUE}, worker_threads=threads, worker_timeout=idle)
        self._graph_worker = Worker(
            self._graph_broker, queues={GRAPH_QUEUE}, worker_threads=sender_threads, worker_timeout=idle
        )

    def start(self) -> None:
        """Begin to work."""
        self._worker.start()
        self._graph_worker.start()
        self._sweeper.start()
        threading.Thread(target=self.pipeline.engines.warm_up, name="warm-up", daemon=True).start()
        threads = len(self._worker.workers)
        logger.info("worker.started", threads=threads, sender_threads=len(self._graph_worker.workers))

    def stop(self, timeout: float) -> None:
        """Finish what is being done, within some `timeout` seconds, and close all connections."""
        self._sweeper.stop(timeout / 4)
        waiting = threading.Thread(target=self._graph_worker.stop, kwargs={"timeout": int(timeout * 500)})
        waiting.start()
        self._worker.stop(timeout=int(timeout * 500))
        waiting.join()
        self._hints.stop(timeout / 4)
        self._broker.close()
        self._graph_broker.close()
        self.meta.close()
        self._database.close()
        logger.info("worker.stopped")


def run_until(stop: threading.Event, settings: Settings, database_url: str) -> None:
    """Work until `stop` is set."""
    process = WorkerProcess(settings, database_url)
    process.start()
    stop.wait()
    process.stop(settings.shutdown_seconds)
