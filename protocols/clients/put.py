#!/usr/bin/env python3
"""Hands articles to a producer: JSON lines from standard input, each acknowledged once it is durable.

    producer --ingest tcp://127.0.0.1:5558 &
    pip install pyzmq; echo '{"uri": "urn:x:1", "body": "Text."}' | python3 put.py tcp://127.0.0.1:5558
"""
import json, sys, time, zmq

context, lines = zmq.Context(), enumerate(sys.stdin.buffer, 1)
socket, unanswered, done = None, {}, False
while not done or unanswered:
    if socket is None:  # at first, and whenever the producer is to be asked anew
        socket = context.socket(zmq.DEALER)
        socket.linger = 0
        socket.connect(sys.argv[1])
        socket.send_multipart([b"NWP1", b"HELLO", b"", b'{"vmin":1,"vmax":1,"role":"put","client":"put.py"}'])
        credit, unsent = 0, dict(unanswered)
    while credit and not done and len(unanswered) < credit:
        number, line = next(lines, (0, None))
        done = line is None
        if line and line.strip():
            unanswered[b"%d" % number] = unsent[b"%d" % number] = line
    while credit and unsent:
        request = next(iter(unsent))
        socket.send_multipart([b"NWP1", b"PUT", request, b"{}", unsent.pop(request)])
    command, request, arguments = socket.recv_multipart()[1:4] if socket.poll(5000) else (b"BYE", b"", b"")
    answer = json.loads(arguments or b"{}")
    if command == b"WELCOME":
        credit = answer["credit"]
    elif command == b"BYE" or answer.get("retry"):  # no answer, or not now: repeat what was not acknowledged
        time.sleep(0.5)
        socket = socket.close()
    elif request in unanswered:
        del unanswered[request]
        print(request.decode(), answer.get("text") or answer["id"], flush=True)
