"""A server as editors and coding agents leave it on a host: it outlives its login, and who uses it connects to its socket.

Arguments: the socket's path, how it runs what it is told to, and a file to tell who left. It says "here" to each that connects, and runs each line that it
reads. With "plain" what it runs has no terminal, with "terminal" one of its own; with "twice" it has left the session it had made, as daemon(3) does not but
many servers do.
"""
import os
import pty
import socket
import subprocess
import sys
import threading

path, way, news = sys.argv[1:]


def run(line):
    if way != "terminal":
        subprocess.run(["sh", "-c", line], stdin=subprocess.DEVNULL, check=False)
        return
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp("sh", ["sh", "-c", line])
    try:
        while os.read(terminal, 4096):
            pass
    except OSError:
        pass  # how the end of a terminal is read
    os.waitpid(pid, 0)
    os.close(terminal)


def serve(connection):
    with connection, connection.makefile("rw") as stream:
        stream.write("here\n")
        stream.flush()
        for line in stream:
            run(line)
    with open(news, "a") as told:
        told.write("one left\n")


listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
listener.listen()
if os.fork():
    os._exit(0)
os.setsid()
if way == "twice" and os.fork():
    os._exit(0)
nothing = os.open(os.devnull, os.O_RDWR)
for standard in range(3):
    os.dup2(nothing, standard)
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
