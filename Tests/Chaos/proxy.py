"""A TCP proxy whose connections can be cut off, refused and held still."""

import socket
import threading


class Proxy:
    """Passes connections to a port of this machine on, as long as nothing is wrong."""

    def __init__(self, target):
        self.target = target
        self.lock = threading.Lock()
        self.pairs = []
        self.isRefusing = False
        self.flows = threading.Event()
        self.flows.set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self):
        """Ends all connections, and every new one at once, until `mend`."""
        with self.lock:
            self.isRefusing = True
            pairs, self.pairs = self.pairs, []
        for pair in pairs:
            self._close(pair)

    def hold(self):
        """Passes nothing on until `mend`; connections stay open."""
        self.flows.clear()

    def mend(self):
        self.isRefusing = False
        self.flows.set()

    def _accept(self):
        while True:
            client, _ = self.listener.accept()
            try:
                server = socket.create_connection(("127.0.0.1", self.target))
                pair = (client, server)
                for end in pair:
                    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            except OSError:
                client.close()
                continue
            with self.lock:
                if self.isRefusing:
                    self._close(pair)
                    continue
                self.pairs.append(pair)
            for source, target in (pair, pair[::-1]):
                threading.Thread(target=self._pass, args=(source, target, pair), daemon=True).start()

    def _pass(self, source, target, pair):
        try:
            while data := source.recv(1 << 16):
                self.flows.wait()
                target.sendall(data)
        except OSError:
            pass
        with self.lock:
            if pair in self.pairs:
                self.pairs.remove(pair)
        self._close(pair)

    @staticmethod
    def _close(pair):
        for end in pair:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()
