"""Figures for Prometheus. Counts and ages only, never anything about a person."""

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest


class Metrics:
    """One set of figures for each running instance."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.updates = self._counter("updates", "Updates taken from Telegram", "result")
        self.turns = self._counter("turns", "Handled updates", "result")
        self.sends = self._counter("sends", "Queued messages that came to an end", "result")
        self.attempts = self._counter("send_attempts_failed", "Attempts to send that failed", "reason")
        self.throttled = self._counter("throttled", "Answers 429 from Telegram", "way")
        self.ambiguous = self._counter("sends_ambiguous", "Sends that Telegram may or may not have accepted")
        self.timers = self._counter("timers", "Timers that were due", "result")
        self.clock_jumps = self._counter("clock_jumps", "Times that the machine's clock jumped")
        self.inbox = self._gauge("inbox_waiting", "Updates not done")
        self.inbox_age = self._gauge("inbox_oldest_seconds", "Age of the oldest update not done")
        self.quarantined = self._gauge("inbox_quarantined", "Updates that were put aside")
        self.outbox = self._gauge("outbox_waiting", "Messages not sent")
        self.outbox_age = self._gauge("outbox_oldest_seconds", "How long the oldest due message waits")
        self.timer_lag = self._gauge("timer_lag_seconds", "How late the oldest due timer is")
        self.last_backup = self._gauge("backup_timestamp_seconds", "When the last backup was made; 0: never")

    def page(self) -> bytes:
        """The figures in Prometheus's text format."""
        return generate_latest(self.registry)

    def _counter(self, name: str, text: str, *labels: str) -> Counter:
        return Counter(f"sdelka_{name}", text, labels, registry=self.registry)

    def _gauge(self, name: str, text: str) -> Gauge:
        return Gauge(f"sdelka_{name}", text, registry=self.registry)
