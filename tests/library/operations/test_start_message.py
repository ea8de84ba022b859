"""What `make run` prints at its start."""

from library.management.commands import serve


def test_it_names_what_is_missing_and_nothing_that_its_own_workers_will_do_in_a_moment(monkeypatch):
    checks = [
        {"name": "tesseract", "status": "missing", "detail": "", "effect": "Không đọc được chữ từ ảnh."},
        {"name": "media queue", "status": "failed", "detail": "3", "effect": "Tiến trình nền không chạy."},
        {"name": "redis", "status": "off", "detail": "", "effect": ""},
    ]
    monkeypatch.setattr(serve, "run_checks", lambda: checks)
    lines = "\n".join(serve.start_message("http://localhost:8000"))
    assert "tesseract: Không đọc được chữ từ ảnh." in lines
    assert "media queue" not in lines
    assert "redis" not in lines
    monkeypatch.setattr(serve, "run_checks", lambda: checks[1:])
    assert "All optional tools found" in "\n".join(serve.start_message("http://localhost:8000"))
