"""Leads ssh to a server, as its ProxyCommand, and lets no more than so many bytes of ssh's pass.

Arguments: what happens then ("cut": it ends; "stall": it passes no more, until ssh ends), the number of bytes, host and port.
"""
import os
import select
import socket
import sys

then, left, host, port = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
server = socket.create_connection((host, port))
waiting = select.poll()
waiting.register(server, select.POLLIN)
waiting.register(0, select.POLLIN)
while True:
    ready = dict(waiting.poll())
    if server.fileno() in ready:
        data = server.recv(65536)
        if not data:
            break
        os.write(1, data)
    if 0 in ready and left > 0:
        data = os.read(0, min(65536, left))
        if not data:
            break
        server.sendall(data)
        left -= len(data)
        if left == 0:
            if then == "cut":
                break
            waiting.register(0, 0)
    elif ready.get(0, 0) & (select.POLLHUP | select.POLLERR):
        break
