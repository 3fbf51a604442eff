"""An SSH server that is one process for all logins, with a terminal and an agent for each.

Arguments: the folder with host_key and authorized_keys, the person's home and name. It picks a port of loopback and prints it.
"""
import asyncio
import fcntl
import os
import struct
import sys
import termios

import asyncssh

folder, home, user = sys.argv[1:]


def become_terminal(slave):
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)


async def login(process):
    client, server = process.get_extra_info('peername'), process.get_extra_info('sockname')
    environment = {
        'HOME': home, 'USER': user, 'LOGNAME': user, 'SHELL': '/bin/bash', 'PATH': os.environ['PATH'], 'LANG': 'C.UTF-8', 'TERM': 'xterm',
        'SSH_CONNECTION': f'{client[0]} {client[1]} {server[0]} {server[1]}',
    }
    agent = process.channel.get_agent_path()
    if agent:
        environment['SSH_AUTH_SOCK'] = agent
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack('HHHH', 24, 80, 0, 0))
    words = ['/bin/bash', '-c', process.command] if process.command else ['/bin/bash', '--login']
    shell = await asyncio.create_subprocess_exec(
        *words, stdin=slave, stdout=slave, stderr=slave, env=environment, cwd=home, preexec_fn=lambda: become_terminal(slave))
    os.close(slave)
    await process.redirect(stdin=os.dup(master), stdout=master, send_eof=False)
    process.exit(await shell.wait())


async def main():
    server = await asyncssh.listen(
        '127.0.0.1', 0, server_host_keys=[f'{folder}/host_key'], authorized_client_keys=f'{folder}/authorized_keys',
        agent_forwarding=True, process_factory=login, encoding=None, line_editor=False)
    print(f'listening on port {server.sockets[0].getsockname()[1]}', flush=True)
    await server.wait_closed()

asyncio.run(main())
