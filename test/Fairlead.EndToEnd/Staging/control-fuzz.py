"""Says what nobody should to the control socket. control-fuzz.py SOCKET SEED ROUNDS

Each round is a client that sends bytes, JSON of wrong shapes, half lines, floods, and descriptors of any kind, and leaves when it likes. In between
a client that behaves must be answered.
"""
import json
import os
import random
import select
import socket
import sys
import tempfile

path, seed, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
random = random.Random(seed)

# Not restart and stop: those end what is looked at.
VERBS = ["status", "list", "why", "env", "pin", "unpin", "wait", "events", "register", "Status", "", "nonsense"]
KEYS = ["version", "verb", "pid", "agent", "milliseconds", "quiet", "withCodes", "socket", "descriptors", "Descriptors", "later"]


def deep(depth):
    return "[" * depth + "]" * random.choice([0, depth])


def value():
    return random.choice([
        lambda: json.dumps(random.choice(VERBS)),
        lambda: random.choice(["null", "true", "false", "0", "-1", "1", "2147483647", "2147483648", "-2147483648", "9" * 400, "1e400", "1.5", "-0", "NaN"]),
        lambda: str(os.getpid()),
        lambda: json.dumps(random.choice(["", "/", "/dev/null", "/proc/self/root/etc", "/proc/1/fd/0", "x" * 3000, "a\0b", "\u202e", "..", "~", path])),
        lambda: '"\\ud800"',
        lambda: random.choice(["[]", "{}", "[1,2]", '{"a":{}}', '["status"]']),
        lambda: deep(random.choice([1, 63, 64, 65, 500, 3500])),
    ])()


def request():
    """An object with a verb, in which the rest is nearly right."""
    members = [f'"verb":{json.dumps(random.choice(VERBS))}'] if random.random() < 0.8 else []
    members += [f"{json.dumps(random.choice(KEYS))}:{value()}" for _ in range(random.randrange(4))]
    random.shuffle(members)
    return ("{" + ",".join(members) + "}").encode()


def noise():
    return random.randbytes(random.randrange(1, 300))


def line():
    text = random.choice([request, request, request, noise, lambda: value().encode(), lambda: b"", lambda: b"x" * random.choice([8191, 8192, 20000])])()
    if random.random() < 0.15:
        text = bytearray(text)
        for _ in range(random.randrange(1, 4)):
            if text:
                text[random.randrange(len(text))] = random.randrange(256)
    return bytes(text).replace(b"\n", b" ") + b"\n"


def descriptor():
    """One of any kind, and what keeps the other end of it."""
    kind = random.randrange(9)
    if kind == 0:
        return os.open("/", os.O_RDONLY), None
    if kind == 1:
        one, other = socket.socketpair()
        return one.detach(), other
    if kind == 2:
        return os.eventfd(0), None
    if kind == 3:
        one, other = os.pipe()
        os.close(other)
        return one, None
    if kind == 4:
        return os.open("/dev/null", os.O_RDWR), None
    if kind == 5:
        return os.open(path, os.O_PATH), None
    if kind == 6:
        return os.open(os.path.dirname(path), os.O_PATH), None
    if kind == 7:
        file, name = tempfile.mkstemp()
        os.unlink(name)
        return file, None
    poll = select.epoll()
    return os.dup(poll.fileno()), poll


def connect():
    client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    client.settimeout(10)
    client.connect(path)
    return client


def play():
    with connect() as client:
        try:
            for _ in range(random.choice([1, 1, 1, 2, 5])):
                text = line() if random.random() < 0.9 else line()[:-1]
                held = [descriptor() for _ in range(random.choice([0, 0, 0, 1, 2, 3, 10]))]
                try:
                    if held:
                        sent = socket.send_fds(client, [text], [number for number, _ in held])
                        client.sendall(text[sent:])
                    else:
                        piece = random.choice([1, 64, 1 << 20, 1 << 20, 1 << 20])
                        for start in range(0, len(text), piece):
                            client.sendall(text[start:start + piece])
                finally:
                    for number, other in held:
                        os.close(number)
                        if other is not None:
                            other.close()
            if random.random() < 0.1:
                client.settimeout(0.2)
                client.sendall(line() * random.choice([100, 2000]))
            if random.random() < 0.3:
                client.shutdown(socket.SHUT_WR)
            if random.random() < 0.3:
                client.settimeout(0.05)
                while client.recv(4096):
                    pass
        except (BrokenPipeError, ConnectionResetError, TimeoutError):
            pass  # hung up on, or nobody answers such a thing: both will do


def expect_answer(round):
    """A client that behaves is answered whatever the others do."""
    with connect() as client:
        client.sendall(b'{"verb":"status","quiet":true}\n')
        answer = b""
        while not answer.endswith(b"\n"):
            more = client.recv(65536)
            if not more:
                sys.exit(f"round {round}: hung up instead of answering, after {answer[:200]!r}")
            answer += more
        if "status" not in json.loads(answer):
            sys.exit(f"round {round}: no status: {answer[:200]!r}")


for round in range(rounds):
    play()
    if round % 20 == 19:
        expect_answer(round)
with connect() as client:
    client.sendall(b'{"verb":"unpin"}\n')
    client.recv(4096)
expect_answer(rounds)
print(f"seed {seed}: {rounds} clients")
