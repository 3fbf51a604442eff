"""Logs a person in as Tailscale does: a process of root's listens for the agent, in a folder of root's that everybody may read.

Arguments: the agent behind it, the person's name, user id, group id and home. The terminal that it is started on becomes the person's, by way of a new one.
"""
import os
import pty
import socket
import sys
import tempfile
import threading

agent, name, user, group, home = sys.argv[1:]


def pump(source, target):
    while data := source.recv(65536):
        target.sendall(data)
    target.shutdown(socket.SHUT_WR)


def serve(listener):
    while True:
        client, _ = listener.accept()
        laptop = socket.socket(socket.AF_UNIX)
        laptop.connect(agent)
        threading.Thread(target=pump, args=(client, laptop), daemon=True).start()
        threading.Thread(target=pump, args=(laptop, client), daemon=True).start()


folder = tempfile.mkdtemp(prefix='auth-agent')
os.chmod(folder, 0o755)
path = f'{folder}/listener.sock'
listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
os.chown(path, int(user), int(group))
listener.listen(16)
threading.Thread(target=serve, args=(listener,), daemon=True).start()
os.environ.clear()
os.environ.update({
    'HOME': home, 'USER': name, 'LOGNAME': name, 'SHELL': '/bin/bash', 'TERM': 'xterm', 'LANG': 'C.UTF-8',
    'PATH': '/usr/local/bin:/usr/bin:/bin', 'SSH_AUTH_SOCK': path,
    'SSH_CONNECTION': '192.0.2.7 41641 192.0.2.1 22', 'SSH_CLIENT': '192.0.2.7 41641 22',
})
os.chdir(home)
pty.spawn(['setpriv', f'--reuid={user}', f'--regid={group}', '--init-groups', '/bin/bash', '--login'])
os.unlink(path)
os.rmdir(folder)
