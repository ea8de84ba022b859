"""The files of deploy/ are what the programs they are written for accept, and they name things that exist."""

import contextlib
import http.client
import re
import shutil
import socket
import ssl
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands
from django.urls import reverse

from library.regular_work import MINUTE, WORK
from media_pipeline.intake import uploads
from tests.services.fixtures import free_port
from tests.waiting import wait_until

PROJECT = Path(__file__).resolve().parent.parent
DEPLOY, GUIDES = PROJECT / "deploy", PROJECT / "docs" / "operations"
PATH = "/usr/sbin:/usr/bin:/sbin:/bin"


def _program(name: str) -> str:
    path = shutil.which(name, path=PATH)
    if not path:
        pytest.skip(f"{name} is not on this machine; its file was not checked")
    return path


def test_the_units_are_what_systemd_accepts(tmp_path):
    verify = _program("systemd-analyze")
    for unit in (DEPLOY / "systemd").iterdir():
        text = unit.read_text().replace("/srv/library/app/.venv/bin/python", sys.executable).replace("/srv/library/app", str(PROJECT))
        (tmp_path / unit.name).write_text(re.sub(r"EnvironmentFile=.*\n", "", text))
    units = sorted(str(path) for path in tmp_path.iterdir())
    done = subprocess.run([verify, "verify", "--man=no", *units], capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if "library-" in line]
    assert not ours, ours


@pytest.fixture
def site(tmp_path) -> Path:
    """The configuration of the site, with folders, ports and a certificate of this test; nobody listens where the application should."""
    openssl = _program("openssl")
    certificate = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", "-keyout", "privkey.pem", "-out", "fullchain.pem"]
    subprocess.run([openssl, *certificate], cwd=tmp_path, check=True, capture_output=True)
    (tmp_path / "library-proxy.conf").write_text((DEPLOY / "nginx" / "library-proxy.conf").read_text())
    site = (DEPLOY / "nginx" / "library.conf").read_text()
    for ours, here in {"/etc/ssl/library": tmp_path, "/etc/nginx/library-proxy.conf": tmp_path / "library-proxy.conf"}.items():
        site = site.replace(ours, str(here))
    site = site.replace("/var/log/nginx", str(tmp_path)).replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    site = site.replace("/srv/library/var/static", str(PROJECT / "library" / "static")).replace("127.0.0.1:8000", "127.0.0.1:1")
    site = re.sub(r"listen \[::\].*\n", "", site).replace("listen 443", f"listen 127.0.0.1:{free_port()}")
    folders = "".join(f"{name}_temp_path {tmp_path}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (tmp_path / "nginx.conf").write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{folders}{site}\n}}\n")
    return tmp_path / "nginx.conf"


def test_the_site_is_what_nginx_accepts(site):
    done = subprocess.run([_program("nginx"), "-t", "-e", "stderr", "-c", str(site)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


def test_what_the_web_server_refuses_itself_is_told_by_pages_of_ours(site):
    command = [_program("nginx"), "-e", "stderr", "-c", str(site), "-g", "daemon off; master_process off;"]
    port = int(re.search(r"listen 127.0.0.1:(\d+) ssl", site.read_text())[1])

    def ask(path: str, body: bytes = b"") -> tuple[int, str, str]:
        line = http.client.HTTPSConnection("127.0.0.1", port, context=ssl._create_unverified_context(), timeout=20)
        with contextlib.closing(line):
            line.request("POST" if body else "GET", path, body)
            answer = line.getresponse()
            return answer.status, answer.getheader("Retry-After", ""), answer.read().decode()

    def listens() -> bool:
        with socket.socket() as line:
            return line.connect_ex(("127.0.0.1", port)) == 0

    with subprocess.Popen(command) as server:
        try:
            wait_until(listens, what="nginx listens")
            assert ask("/") == (502, "60", (PROJECT / "library/static/pages/503.html").read_text())
            assert ask("/tai-khoan/loi-moi/", b"x" * 3_000_000)[::2] == (413, (PROJECT / "library/static/pages/413.html").read_text())
            tries = [ask("/admin/login/") for _ in range(40)]
            assert tries[-1] == (429, "60", (PROJECT / "library/static/pages/429.html").read_text())
        finally:
            server.terminate()


@pytest.mark.parametrize("page", sorted((PROJECT / "library" / "static" / "pages").glob("*.html")), ids=lambda page: page.name)
def test_a_page_of_the_web_server_speaks_both_languages_and_needs_only_the_stylesheet(page):
    text = page.read_text()
    assert '<html lang="vi">' in text and 'lang="en"' in text
    assert set(re.findall(r'(?:href|src)="([^"]+)"', text)) == {"/static/css/site.css", "/", "/en/"}


def test_the_site_knows_where_people_sign_in_and_where_uploads_come_in():
    site = (DEPLOY / "nginx" / "library.conf").read_text()
    slowed = re.search(r"location ~ (\S+) \{[^}]*limit_req", site)
    assert slowed
    for name, arguments in (("sign-in", []), ("wagtailadmin_login", []), ("type-code", []), ("accept-invitation", ["ma"])):
        assert re.match(slowed[1], reverse(name, args=arguments)), name
    assert f"location {reverse('media:uploads')} {{" in site
    largest = re.search(r"location /tep/uploads/ \{[^}]*client_max_body_size (\d+)m;", site)
    assert largest
    assert int(largest[1]) * 1024 * 1024 > uploads.LARGEST_CHUNK


def test_the_logs_are_rotated_as_logrotate_understands():
    done = subprocess.run([_program("logrotate"), "--debug", str(DEPLOY / "logrotate.conf")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "error" not in done.stderr.lower()


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]


def test_compose_starts_the_whole_library_from_its_own_image(services):
    ours = {name for name, service in services.items() if service["image"] == "library:local"}
    assert ours == {"prepare", "web", "worker"}
    for service in services.values():
        assert set(service.get("depends_on", ())) <= set(services)
    commands = [services[name]["command"][2] for name in ("prepare", "worker")]
    assert set(commands) <= set(get_commands())
    for name in ours:
        build = services[name]["build"]
        assert (DEPLOY / build["context"] / build["dockerfile"]).resolve() == PROJECT / "Dockerfile"


def test_compose_sets_only_variables_that_the_settings_read(services):
    documented = set(re.findall(r"^\| `([A-Z_0-9]+)`", (PROJECT / "docs" / "settings.md").read_text(), re.MULTILINE))
    assert set(services["web"]["environment"]) <= documented


def test_the_web_server_joins_the_group_that_may_read_stored_files(services):
    (group,) = set(re.findall(r"groupadd --gid (\d+) library", (PROJECT / "Dockerfile").read_text()))
    assert f"--gid {group} library" in (PROJECT / "Dockerfile").read_text()
    assert f"groupadd -f -g {group} library && usermod -aG library nginx" in services["nginx"]["command"][2]


def test_the_image_copies_what_is_there():
    lines = (PROJECT / "Dockerfile").read_text().splitlines()
    copied = [line.split()[1].replace("${LOCK}", "server") for line in lines if line.startswith("COPY ")]
    assert "ARG LOCK=server" in lines
    assert [path for path in copied if not (PROJECT / path).exists()] == []
    assert lines[1].startswith("FROM python:3.11")


def test_the_alerts_name_metrics_that_are_given():
    names = set(re.findall(r"library_([a-z_]+)", (DEPLOY / "prometheus-alerts.yaml").read_text()))
    sources = ["library/operations/metrics.py", "media_pipeline/preservation/metrics.py", "search/indexing/metrics.py"]
    given = {name for source in sources for name in re.findall(r'yield "([a-z_]+)"', (PROJECT / source).read_text())}
    assert names and names <= given


def test_the_alert_for_background_work_watches_a_work_that_all_workers_share_every_minute():
    (name,) = re.findall(r'work="([^"]+)"', (DEPLOY / "prometheus-alerts.yaml").read_text())
    (work,) = [work for work in WORK if work.name == name]
    assert work.shared and work.every == MINUTE


def test_the_image_holds_no_secret_of_its_builder():
    ignored = (PROJECT / ".dockerignore").read_text().split()
    assert {"**/.env", "deploy/tls"} <= set(ignored)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_guide_names_commands_files_and_metrics_that_exist(language):
    text = (GUIDES / f"{language}.md").read_text().replace("manage.py\n", "manage.py ")
    commands = set(re.findall(r"manage\.py ([a-z_]+)", text))
    assert len(commands) > 10 and commands <= set(get_commands())
    assert all((PROJECT / name).exists() for name in re.findall(r"deploy/[\w./-]+[\w]", text) if "tls" not in name and ".env" not in name)


def test_both_languages_have_the_same_chapters_steps_and_commands():
    vi, en = ((GUIDES / f"{language}.md").read_text() for language in ("vi", "en"))
    for pattern in (r"^## ", r"^\d+\. ", r"^- ", r"^\| "):
        assert len(re.findall(pattern, vi, re.MULTILINE)) == len(re.findall(pattern, en, re.MULTILINE)), pattern
    assert set(re.findall(r"`(manage\.py [^`…]+)`", vi.replace("\n", " "))) == set(
        re.findall(r"`(manage\.py [^`…]+)`", en.replace("\n", " "))
    ) - {"manage.py sendtestemail you@example.vn"} | {"manage.py sendtestemail ban@example.vn"}
