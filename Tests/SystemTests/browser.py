"""Debian's chromium without a window, told what to do through a pipe (the DevTools protocol)."""

import json
import os
import subprocess
import tempfile


class Browser:
    """One page. What it asked for and what went wrong in it is kept."""

    def __init__(self):
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        here, there = os.pipe(), os.pipe()
        # chromium reads commands from descriptor 3 and answers on 4.
        def descriptors():
            a, b = os.dup(here[0]), os.dup(there[1])
            os.dup2(a, 3), os.dup2(b, 4)
        self.process = subprocess.Popen(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-pipe",
             # One process for all pages, instead of two new ones for each, and none that is left keeps its connections.
             "--disable-site-isolation-trials", "--renderer-process-limit=1", "--disable-features=BackForwardCache",
             f"--user-data-dir={self.profile.name}", "about:blank"],
            preexec_fn=descriptors, pass_fds=(3, 4, here[0], there[1]), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        os.close(here[0]), os.close(there[1])
        self.pipe, self.answers = os.fdopen(here[1], "wb", 0), os.fdopen(there[0], "rb")
        self.count, self.events = 0, []
        target = next(t for t in self.tell("Target.getTargets")["targetInfos"] if t["type"] == "page")["targetId"]
        self.session = None
        self.session = self.tell("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.tell(f"{domain}.enable")

    session = None

    def _next(self):
        message = bytearray()
        while not message.endswith(b"\0"):
            byte = self.answers.read(1)
            assert byte, "chromium has ended"
            message += byte
        return json.loads(message[:-1])

    def tell(self, method, **parameters):
        """Gives a command, and returns its result."""
        self.count += 1
        message = {"id": self.count, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        self.pipe.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self.count:
                assert "error" not in answer, answer
                return answer["result"]
            self.events.append(answer)

    def wait(self, method):
        while not any(e.get("method") == method for e in self.events):
            self.events.append(self._next())

    def show(self, path, fragment="", url=None):
        """Shows a page, and keeps what that asks for and complains of, and nothing of the page before."""
        url = url or f"file://{path}{fragment}"
        if not self._goes_to(url):
            # Only the fragment is another one: the page is to load all the same.
            self._goes_to("about:blank")
            self._goes_to(url)

    def _goes_to(self, url):
        """Has a page load; whether that is another one than was there."""
        self.events.clear()
        document = self.tell("Page.navigate", url=url).get("loaderId")
        if document is None:
            return False
        comes = lambda event: event.get("method") == "Page.frameNavigated" and event["params"]["frame"]["loaderId"] == document
        while not any(map(comes, self.events)):
            self.events.append(self._next())
        there = next(i for i, event in enumerate(self.events) if comes(event))
        # The first requests of a page come before it is there.
        self.events[:there] = [event for event in self.events[:there] if event["params"].get("loaderId") == document]
        self.wait("Page.loadEventFired")
        return True

    def set(self, width, height=900, scheme="light", medium="screen"):
        self.tell("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.tell("Emulation.setEmulatedMedia", media=medium, features=[{"name": "prefers-color-scheme", "value": scheme}])

    def value(self, expression):
        """What a JavaScript expression gives in the page."""
        result = self.tell("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def press(self, key):
        code = {"Tab": 9, "Enter": 13, "Escape": 27, "/": 191}.get(key) or ord(key.upper())
        text = key if len(key) == 1 else {"Enter": "\r"}.get(key, "")
        for kind in ("keyDown", "keyUp"):
            self.tell("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code,
                      **({"text": text} if text and kind == "keyDown" else {}))

    def follow(self, key):
        """Presses a key that leads to another page, and waits for that."""
        self.events.clear()
        self.press(key)
        self.wait("Page.loadEventFired")

    @property
    def requests(self):
        return [e["params"]["request"]["url"] for e in self.events if e.get("method") == "Network.requestWillBeSent"]

    @property
    def complaints(self):
        return [e for e in self.events if e.get("method") in ("Log.entryAdded", "Runtime.exceptionThrown",
                                                              "Page.javascriptDialogOpening", "Runtime.consoleAPICalled")]

    def close(self):
        self.process.kill()
        self.process.wait()
        self.pipe.close(), self.answers.close()
        self.profile.cleanup()
