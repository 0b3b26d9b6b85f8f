# One image for every role: the bot (the default), a Chroma server, and any other vcio command.
#
#     docker build -t virtual-cio .
#
# Where pip would take the CUDA build of torch, give it PyTorch's index of CPU wheels:
#     docker build --build-arg PIP_EXTRA_INDEX_URL=... -t virtual-cio .

FROM python:3.12-slim AS build
ARG PIP_EXTRA_INDEX_URL=""
ENV PIP_EXTRA_INDEX_URL=$PIP_EXTRA_INDEX_URL PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
RUN python -m venv /venv
# The packages first: they change less often than the code, and so does this layer.
COPY pyproject.toml constraints.txt ./
RUN /venv/bin/pip install -c constraints.txt "$(sed -n 's/^ *"\(torch==[^"]*\)".*/\1/p' pyproject.toml)"
RUN /venv/bin/python -c "import tomllib; print('\n'.join(tomllib.load(open('pyproject.toml', 'rb'))['project']['dependencies']))" > /needs.txt \
    && /venv/bin/pip install -c constraints.txt -r /needs.txt
COPY README.md ./
COPY bot bot
COPY ingest ingest
COPY knowledge knowledge
COPY prompts prompts
RUN /venv/bin/pip install --no-deps .

FROM python:3.12-slim
RUN useradd --create-home --uid 10001 vcio && install -d -o vcio /data
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 VCIO_DATA_DIR=/data VCIO_LOG_FORMAT=json
USER vcio
# So that ./data is the volume too: `--env-file` with a copy of .env.example empties VCIO_DATA_DIR.
WORKDIR /
VOLUME /data
# Of `vcio serve --http`.
EXPOSE 3000
CMD ["vcio", "serve"]
