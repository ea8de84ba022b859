# The library's own image: web and background work run from it. Built and started by deploy/compose.yaml.
FROM python:3.11-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends ffmpeg tesseract-ocr tesseract-ocr-vie postgresql-client \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 library \
 && useradd --system --create-home --home-dir /srv/library --uid 10001 --gid 10001 library \
 && mkdir -p /srv/library/var && chown library:library /srv/library/var
WORKDIR /srv/library/app
# semantic: with search by meaning (docs/settings.md, SEARCH_SEMANTIC)
ARG LOCK=server
COPY requirements/${LOCK}.txt requirements/${LOCK}.txt
RUN pip install --no-cache-dir --require-hashes -r requirements/${LOCK}.txt
COPY . .
ENV DJANGO_SETTINGS_MODULE=library.settings.base LIBRARY_VAR_DIR=/srv/library/var PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER library
VOLUME /srv/library/var
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "library.wsgi", "--bind", "0.0.0.0:8000", "--workers", "4", "--threads", "4", "--worker-class", "gthread", "--no-control-socket"]
