"""Who comes in, as whom, how often; and what is kept of passwords and keys."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import PASSWORD, QUESTION, Running

from policybot import PolicyBot, load_settings
from policybot.errors import AccountError, ServerError
from policybot.server import check_door
from policybot.server.door import SESSION_COOKIE
from policybot.server.limits import RateLimit
from policybot.server.sign_in import ATTEMPTS_PER_MINUTE
from policybot.store.accounts import Accounts


@pytest.fixture
def door(quoting_bot: PolicyBot, tmp_path: Path) -> Running:
    """A server with a user of its own, whose limits no other test has used."""
    accounts = Accounts(tmp_path)
    accounts.add_user("cy", PASSWORD, role="editor")
    return Running(quoting_bot, accounts=accounts)


def test_without_a_session_the_page_leads_to_the_sign_in(closed: Running) -> None:
    with closed.client() as client:
        page = client.get("/", headers={"accept": "text/html"})
        form = client.get("/sign-in", headers={"accept-language": "zh-CN"})

    assert (page.status_code, page.headers["location"]) == (303, "/sign-in")
    assert "登录" in form.text


@pytest.mark.parametrize(
    "path", ["/config", "/api/v1/documents", "/api/v1/openapi.json", "/v1/models", "/metrics", "/gradio_api/app_id"]
)
def test_without_a_session_nothing_else_is_served(closed: Running, path: str) -> None:
    with closed.client() as client:
        response = client.get(path)

    assert (response.status_code, response.json()["error"]["type"]) == (401, "NotSignedIn")
    assert response.headers["www-authenticate"].startswith("Bearer")


def test_whoever_watches_the_server_needs_no_session(closed: Running) -> None:
    with closed.client() as client:
        assert (client.get("/healthz").status_code, client.get("/readyz").status_code) == (200, 200)


def test_signing_in_opens_the_page_and_signing_out_closes_it(door: Running) -> None:
    with door.client() as client:
        client.post("/sign-in", data={"name": "cy", "password": PASSWORD})
        inside = client.get("/", headers={"accept": "text/html"})
        asked = client.post("/api/v1/ask", json={"question": QUESTION})
        button = client.get("/sign-out")
        token = client.cookies[SESSION_COOKIE]
        client.post("/sign-out")
        again = client.get("/api/v1/documents", headers={"cookie": f"{SESSION_COOKIE}={token}"})
    door.close()

    assert (inside.status_code, asked.status_code, again.status_code) == (200, 200, 401)
    assert 'method="post"' in button.text


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(door: Running) -> None:
    with door.client() as client:
        response = client.post(
            "/sign-in", data={"name": "cy", "password": PASSWORD}, headers={"x-forwarded-proto": "https"}
        )
    door.close()

    cookie = response.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", "Secure"} <= set(cookie.split("; "))
    assert "strict-transport-security" in response.headers


def test_wrong_passwords_are_throttled_for_names_that_exist_and_names_that_do_not(door: Running) -> None:
    with door.client() as client:
        statuses = [
            client.post("/sign-in", data={"name": "nobody", "password": "wrong password"}).status_code
            for _ in range(ATTEMPTS_PER_MINUTE + 1)
        ]
        right = client.post("/sign-in", data={"name": "cy", "password": PASSWORD})
    door.close()

    assert statuses == [401] * ATTEMPTS_PER_MINUTE + [429]
    assert right.status_code == 429, "The address waits, whatever name it tries next."
    assert int(right.headers["retry-after"]) > 0


def test_a_reader_asks_and_only_an_editor_changes_documents(closed: Running, keys: dict[str, str]) -> None:
    with closed.client(keys["reader"]) as reader, closed.client(keys["editor"]) as editor:
        assert reader.post("/api/v1/search", json={"question": QUESTION}).status_code == 200
        refused = [reader.post("/api/v1/index-jobs"), reader.get("/api/v1/index-jobs"), reader.get("/api/v1/feedback")]
        allowed = editor.get("/api/v1/index-jobs")

    assert [(r.status_code, r.json()["error"]["type"]) for r in refused] == [(403, "NotAllowed")] * 3
    assert allowed.status_code == 200


def test_nobody_reaches_a_conversation_of_somebody_else(closed: Running, keys: dict[str, str]) -> None:
    with closed.client(keys["editor"]) as one, closed.client(keys["reader"]) as other:
        talk = one.post("/api/v1/conversations").json()["id"]
        answer = one.post("/api/v1/ask", json={"question": QUESTION, "conversation": talk}).json()
        attempts = [
            other.get(f"/api/v1/conversations/{talk}"),
            other.patch(f"/api/v1/conversations/{talk}", json={"title": "mine"}),
            other.delete(f"/api/v1/conversations/{talk}"),
            other.post("/api/v1/ask", json={"question": "And then?", "conversation": talk}),
            other.post("/api/v1/feedback", json={"answer": answer["id"], "rating": "down"}),
        ]
        listed = other.get("/api/v1/conversations").json()["conversations"]

    assert [attempt.status_code for attempt in attempts] == [404] * 5
    assert talk not in [each["id"] for each in listed]


def test_requests_are_limited_for_each_user(quoting_bot: PolicyBot, tmp_path: Path) -> None:
    with Accounts(tmp_path) as accounts:
        accounts.add_user("cy", PASSWORD)
        first, second = accounts.add_key("first"), accounts.add_key("second")
        settings = load_settings(data_dir=quoting_bot.settings.data_dir, chat_model="none", requests_per_minute=3)
        running = Running(quoting_bot, accounts=accounts, settings=settings)
        with running.client(first) as client:
            codes = [client.get("/api/v1/documents").status_code for _ in range(4)]
        with running.client(second) as client:
            other = client.get("/api/v1/documents").status_code
        running.close()

    assert (codes, other) == ([200, 200, 200, 429], 200)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "null"},
    ],
)
def test_pages_of_other_sites_cannot_make_a_reader_ask(local: Running, headers: dict[str, str]) -> None:
    with local.client() as client:
        response = client.post("/api/v1/index-jobs", headers=headers)

    assert (response.status_code, response.json()["error"]["type"]) == (403, "NotAllowed")


def test_the_own_page_may(local: Running) -> None:
    with local.client() as client:
        own = {"origin": local.url, "sec-fetch-site": "same-origin"}

        assert client.post("/api/v1/search", json={"question": QUESTION}, headers=own).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "192.0.2.7", "127.0.0.1.evil.example", ""])
def test_without_users_only_this_computer_is_served(local: Running, host: str) -> None:
    with local.client() as client:
        by_name = client.get("/api/v1/documents", headers={"host": host})
        forwarded = client.get("/api/v1/documents", headers={"x-forwarded-for": "192.0.2.7"})

    assert by_name.status_code in (400, 403)
    assert forwarded.status_code == 403


def test_without_users_an_address_of_the_network_is_not_listened_on(tmp_path: Path) -> None:
    with Accounts(tmp_path) as accounts:
        with pytest.raises(ServerError, match="policybot users add"):
            check_door("0.0.0.0", accounts)
        accounts.add_user("cy", PASSWORD)
        check_door("0.0.0.0", accounts)


@pytest.mark.parametrize("path", ["/", "/sign-in", "/healthz", "/nowhere", "/api/v1/nowhere"])
def test_every_response_carries_the_security_headers(local: Running, path: str) -> None:
    with local.client() as client:
        headers = client.get(path).headers

    policy = headers["content-security-policy"]
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in scripts
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cache-control"] == "no-store" or path == "/"


@pytest.mark.parametrize("stripped", [False, True])
def test_a_path_prefix_holds_whether_the_proxy_strips_it_or_not(
    quoting_bot: PolicyBot, accounts: Accounts, stripped: bool
) -> None:
    data = quoting_bot.settings.data_dir
    running = Running(
        quoting_bot, accounts=accounts, settings=load_settings(data_dir=data, chat_model="none", path_prefix="/docs")
    )
    base = running.url.removesuffix("/docs") if stripped else running.url
    with httpx.Client(base_url=base) as client:
        away = client.get("/", headers={"accept": "text/html"})
        entered = client.post("/sign-in", data={"name": "ada", "password": PASSWORD})
        cookie = {"cookie": entered.headers["set-cookie"].split(";")[0]}
        page = client.get("/", headers=cookie)
        answered = client.get("/api/v1/documents", headers=cookie)
    running.close()

    assert (away.headers["location"], entered.headers["location"]) == ("/docs/sign-in", "/docs/")
    assert "Path=/docs/" in entered.headers["set-cookie"]
    assert (page.status_code, answered.status_code) == (200, 200)
    assert '"root":"http' in page.text.replace(" ", "")
    assert re.search(r'"root":\s*"http://127\.0\.0\.1:\d+/docs"', page.text)


# What is kept


def test_only_hashes_are_kept_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    with Accounts(tmp_path) as accounts:
        accounts.add_user("cy", PASSWORD)
        key = accounts.add_key("robot")
        token = accounts.open_session("cy", hours=1)
    path = tmp_path / "accounts.sqlite3"
    kept = path.read_bytes()

    assert b"$argon2id$" in kept
    for secret in (PASSWORD, key, token):
        assert secret.encode() not in kept
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_session_expires_and_ends_with_its_user_or_a_new_password(tmp_path: Path) -> None:
    with Accounts(tmp_path) as accounts:
        accounts.add_user("cy", PASSWORD)
        short, long = accounts.open_session("cy", hours=0), accounts.open_session("cy", hours=1)
        assert (accounts.user_of_session(short), accounts.user_of_session(long) is not None) == (None, True)

        accounts.set_password("cy", PASSWORD + "!")
        assert accounts.user_of_session(long) is None

        another = accounts.open_session("cy", hours=1)
        accounts.remove_user("cy")
        assert accounts.user_of_session(another) is None


def test_a_revoked_key_is_known_no_more(tmp_path: Path) -> None:
    with Accounts(tmp_path) as accounts:
        key = accounts.add_key("robot", role="editor")
        assert (known := accounts.key(key)) is not None
        assert (known.name, known.role) == ("robot", "editor")
        accounts.remove_key("robot")

        assert accounts.key(key) is None


@pytest.mark.parametrize(
    ("name", "password", "role", "says"),
    [
        ("", PASSWORD, "reader", "cannot be a name"),
        ("a b", PASSWORD, "reader", "cannot be a name"),
        ("x" * 65, PASSWORD, "reader", "cannot be a name"),
        ("cy", "short", "reader", "5 characters"),
        ("cy", "x" * 1001, "reader", "1001 characters"),
        ("cy", PASSWORD, "admin", "no role 'admin'"),
        ("ada", PASSWORD, "reader", "called 'ada' already"),
    ],
)
def test_a_user_that_cannot_be_added_is_refused_with_a_reason(
    accounts: Accounts, name: str, password: str, role: str, says: str
) -> None:
    with pytest.raises(AccountError, match=says):
        accounts.add_user(name, password, role=role)  # type: ignore[arg-type]  # that is the point


@given(waits=st.lists(st.floats(0, 30), max_size=100), per_minute=st.integers(1, 60))
def test_no_more_is_let_through_than_the_rate_allows(waits: list[float], per_minute: int) -> None:
    now = 0.0
    limit = RateLimit(per_minute, clock=lambda: now)
    passed = 0
    for wait in waits:
        now += wait
        passed += limit.take("x") == 0

    assert passed <= per_minute + now * per_minute / 60 + 1e-6


def test_who_waits_as_long_as_told_is_let_through() -> None:
    now = 0.0
    limit = RateLimit(2, clock=lambda: now)
    assert [limit.take("x"), limit.take("x")] == [0, 0]
    wait = limit.take("x")
    now += wait + 1e-9

    assert (wait > 0, limit.take("x"), limit.take("y")) == (True, 0, 0)
