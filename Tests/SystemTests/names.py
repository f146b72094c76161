"""A name server and a web server for a machine of the tests: `names.py TABLE`.

The table is a JSON file, read anew for each question: to each name a list of answers, each a list of addresses; the nth question for a name
gets the nth of them, later ones the last. Each question and request is a line on standard output. Every page is the same article; that at
/away leads to /.
"""

import http.server
import json
import pathlib
import socket
import struct
import sys
import threading

from web import page


def question(packet):
    """The name and type that are asked for, and where they end."""
    labels, at = [], 12
    while packet[at]:
        labels.append(packet[at + 1:at + 1 + packet[at]].decode())
        at += 1 + packet[at]
    kind, _ = struct.unpack(">HH", packet[at + 1:at + 5])
    return ".".join(labels).lower(), kind, at + 5


def answer(packet, addresses, is_known):
    _, kind, end = question(packet)
    records = b"".join(
        b"\xc0\x0c" + struct.pack(">HHIH", 1, 1, 0, 4) + socket.inet_aton(address) for address in addresses if kind == 1)
    count = len(records) // 16
    return packet[:2] + struct.pack(">HHHHH", 0x8180 if is_known else 0x8183, 1, count, 0, 0) + packet[12:end] + records


def names(table):
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 53))
    asked = {}
    print("ready", flush=True)
    while True:
        packet, peer = server.recvfrom(4096)
        name, kind, _ = question(packet)
        answers = json.loads(table.read_text()).get(name, [])
        if kind == 1 and answers:
            asked[name] = asked.get(name, 0) + 1
            print("asked", name, asked[name], flush=True)
        addresses = answers[min(asked.get(name, 1), len(answers)) - 1] if answers else []
        server.sendto(answer(packet, addresses, bool(answers)), peer)


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        print("request", self.connection.getsockname()[0], self.headers["Host"], self.path, flush=True)
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "/")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(page(1).encode())

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    server = http.server.ThreadingHTTPServer(("0.0.0.0", 80), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    names(pathlib.Path(sys.argv[1]))
