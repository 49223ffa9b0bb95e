# Two stages: the environment is built with uv, the image runs it without uv, compilers or root.
FROM python:3.11-slim AS build
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PROJECT_ENVIRONMENT=/app/.venv UV_PYTHON_DOWNLOADS=never
RUN pip install --no-cache-dir uv
WORKDIR /app
COPY pyproject.toml uv.lock README.md LICENSE NOTICE ./
RUN uv sync --frozen --no-dev --no-install-project
COPY server.py langgraph.json ./
COPY api ./api
COPY chains ./chains
COPY dnd ./dnd
COPY evals ./evals
COPY graphs ./graphs
COPY persistence ./persistence
COPY prompts ./prompts
COPY providers ./providers
COPY services ./services
COPY tools ./tools
RUN uv sync --frozen --no-dev

FROM python:3.11-slim
RUN useradd --system --uid 10001 --create-home --home-dir /home/service service \
    && mkdir -p /app/data && chown service /app/data
WORKDIR /app
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 HOST=0.0.0.0 PORT=8100
USER service
EXPOSE 8100
VOLUME /app/data
HEALTHCHECK --interval=15s --timeout=3s --start-period=15s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ['PORT']}/health/live\", timeout=2)"]
CMD ["llm-service", "serve"]
