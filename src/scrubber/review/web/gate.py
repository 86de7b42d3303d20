"""Who may come in: the owner of a one-time address, from a page of our own, on this machine.

What is kept out: other people's pages that this browser shows (they cannot send our cookie, name
our host or carry our origin) and other users of the machine (they do not know the token).
"""

from __future__ import annotations

import hmac
import secrets
import threading
from email.message import Message
from http.cookies import CookieError, SimpleCookie

LOOPBACK = "127.0.0.1"

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
"""Nothing from elsewhere, nothing inline; a text that is taken for markup stops the script."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Gate:
    """Checks requests to the server at `port`."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._token = secrets.token_urlsafe(24)
        self._secret = secrets.token_urlsafe(32)
        self._spent = False
        self._lock = threading.Lock()

    @property
    def address(self) -> str:
        """The address that opens the review, once."""
        return f"http://{LOOPBACK}:{self.port}/?token={self._token}"

    @property
    def cookie(self) -> str:
        """The cookie that the token is exchanged for. Cookies know no ports, so its name does."""
        return f"{self._name}={self._secret}; HttpOnly; SameSite=Strict; Path=/"

    def spend(self, token: str) -> bool:
        """Return whether this is the token, the first time that it is shown."""
        with self._lock:
            right = hmac.compare_digest(token.encode(), self._token.encode())
            first, self._spent = not self._spent, self._spent or right
            return right and first

    def knows(self, headers: Message[str, str]) -> bool:
        """Return whether a request carries our cookie."""
        jar = SimpleCookie()
        try:
            jar.load(headers.get("Cookie") or "")
        except CookieError:
            return False
        found = jar.get(self._name)
        return found is not None and hmac.compare_digest(
            found.value.encode(), self._secret.encode()
        )

    def refusal(self, headers: Message[str, str], *, changes: bool) -> str:
        """Return why a request is refused, "" where nothing speaks against it.

        A foreign host name in it is DNS rebinding; a request that `changes` something has to come
        from our own page.
        """
        host = headers.get("Host") or ""
        if host not in (f"{LOOPBACK}:{self.port}", f"localhost:{self.port}"):
            return "asked for by another host name"
        site = headers.get("Sec-Fetch-Site")
        if changes and headers.get("Origin") != f"http://{host}":
            return "sent from another page"
        if changes and site not in (None, "same-origin"):
            return "sent from another page"
        return ""

    @property
    def _name(self) -> str:
        return f"scrubber-{self.port}"
