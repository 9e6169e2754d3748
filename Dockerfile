FROM python:3.13-slim AS packages

ENV PIP_NO_CACHE_DIR=1 UV_NO_CACHE=1 UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1
WORKDIR /app
COPY run requirements.lock ./
RUN ./run setup


FROM python:3.13-slim

# The data folder belongs to an ordinary user; the program's own files stay root's and cannot be changed by it.
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin sdelka \
    && install --directory --owner=sdelka --group=sdelka --mode=0700 /data

ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    DATA_DIR=/data \
    HTTP_HOST=0.0.0.0 \
    HTTP_PORT=8080

WORKDIR /app
COPY --from=packages /app/.venv .venv
COPY . .
RUN python -m compileall -q api bot db handlers integrations keyboards sandbox services

USER sdelka
VOLUME /data
EXPOSE 8080

HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["python", "-c", "\
import http.client, os, sys; \
server = http.client.HTTPConnection('127.0.0.1', int(os.environ['HTTP_PORT']), timeout=4); \
server.request('GET', '/healthz'); \
sys.exit(server.getresponse().status != 200)"]

ENTRYPOINT ["sdelka"]
CMD ["serve"]
