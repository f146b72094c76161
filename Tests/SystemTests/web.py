"""A server of pages and feeds, friendly or hostile, for the system tests."""

import gzip
import http.server
import threading
import time


class Web:
    """Answers by a table of paths: a body, a function of the request's headers, or (status, headers, body)."""

    def __init__(self, host="127.0.0.1", port=0):
        self.pages, self.requests = {}, []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                outer.requests.append((self.path, dict(self.headers)))
                answer = outer.pages.get(self.path, (404, {}, b""))
                if callable(answer):
                    answer = answer(self.headers)
                if isinstance(answer, (bytes, str)):
                    answer = (200, {}, answer)
                status, headers, body = answer
                body = body.encode() if isinstance(body, str) else body
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if "Content-Length" not in headers:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                try:
                    self.wfile.write(body)
                except OSError:
                    pass

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer((host, port), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def paths(self):
        return [path for path, _ in self.requests]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def page(n, host="https://news.example"):
    return (
        f"<html lang=en><head><title>Pier {n}</title></head><body><nav><a href=/>Harbour Courier</a></nav><main><h1>Pier {n} opens</h1>"
        f"<p>The harbour board repaired {n + 1} metres of pier {n} in March, engineer Mira Kolar told reporters.</p>"
        f"<p>“We will open pier {n} before the autumn storms,” she said on Friday at the harbour.</p></main></body></html>")


def rss(url, numbers, text=None, full=False):
    items = "".join(
        f"<item><title>Pier {n} opens</title><link>{url}/page/{n}</link><guid>{url}/page/{n}</guid>"
        f"<pubDate>Fri, 31 May 2024 18:00:00 +0200</pubDate><description>{text or 'Short.'}</description>{f'<fullitem>{text}</fullitem>' if full else ''}</item>" for n in numbers)
    return f"<rss version='2.0'><channel><title>Harbour Courier</title><link>{url}/</link>{items}</channel></rss>"


__all__ = ["Web", "gzip", "page", "rss", "time"]
