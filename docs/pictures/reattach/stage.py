"""A gateway, a git server and two laptops on one machine, each with its real programs.

They run in their own namespaces (unshare), under names and addresses that RFC 2606 and RFC 5737 reserve for examples. So the picture shows
nothing of this machine, and nothing stays behind on it.
"""
import os
import pathlib
import subprocess
import time

ACCOUNTS = {'home': 2001, 'work': 2002, 'al': 2003, 'git': 2004}
ADDRESSES = {'home': '203.0.113.7', 'work': '198.51.100.4', 'gateway': '192.0.2.1', 'git.example.org': '192.0.2.2'}
SITE = '/home/al/site'

# The environment of every program, beside HOME and the like.
ENVIRONMENT = {'PATH': '/usr/local/bin:/usr/bin:/bin', 'LANG': 'C.UTF-8', 'TERM': 'screen'}

# The last line is the one that 'fairlead setup' writes.
RC_FILE = r'''
PS1='\[\e[32m\]\u@\h\[\e[0m\]:\w\$ '
PATH=~/.local/bin:$PATH
if [ -x ~/.local/bin/fairlead ]; then eval "$(~/.local/bin/fairlead init bash)"; fi
'''

SSHD_CONFIG = '''
ListenAddress 192.0.2.1
ListenAddress 192.0.2.2
HostKey /run/sshd/host_key
AuthorizedKeysFile /run/sshd/authorized_keys
AllowUsers al git
AcceptEnv LANG
PasswordAuthentication no
KbdInteractiveAuthentication no
PidFile none
PrintLastLog no
PrintMotd no
StrictModes no
UseDNS no
UsePAM no
'''


def run(*command, user=None, **options):
    """Runs a command and waits for its end; with a user, as that account and in its home."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **(as_user(user) if user else {}), **options)


def as_user(user):
    """The options of subprocess that run a command as this account, in its home."""
    home = f'/home/{user}'
    environment = ENVIRONMENT | {'HOME': home, 'USER': user, 'LOGNAME': user, 'SHELL': '/bin/bash'}
    return {'user': ACCOUNTS[user], 'group': ACCOUNTS[user], 'extra_groups': [], 'cwd': home, 'env': environment}


def write(path, text, user=None):
    file = pathlib.Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    if user:
        os.chown(path, ACCOUNTS[user], ACCOUNTS[user])


def raise_stage(program):
    """Starts all of it. Call it only in new namespaces (mount, network, uts, pid): it covers folders and renames the host.

    program: the bytes of the fairlead binary.
    """
    run('hostname', 'gateway')
    run('ip', 'link', 'set', 'lo', 'up')
    for address in ADDRESSES.values():
        run('ip', 'address', 'add', f'{address}/32', 'dev', 'lo')
    for folder in '/home', '/tmp', '/run', '/var/log':
        run('mount', '-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', folder)
    os.chmod('/tmp', 0o1777)
    run('mount', '-t', 'devpts', '-o', 'newinstance,ptmxmode=0666,mode=620,gid=5', 'devpts', '/dev/pts')
    run('mount', '--bind', '/dev/pts/ptmx', '/dev/ptmx')
    # A copy of the whole folder: a mount over a single file ends when useradd replaces that file outside.
    run('cp', '--archive', '/etc', '/run/etc')
    run('mount', '--bind', '/run/etc', '/etc')
    name_accounts()
    start_sshd()
    furnish_gateway(program)
    for laptop in 'home', 'work':
        furnish_laptop(laptop)


def name_accounts():
    replace('/etc/passwd', ['root:x:0:0::/root:/bin/sh', 'sshd:x:100:65534::/run/sshd:/usr/sbin/nologin']
            + [f'{name}:x:{number}:{number}::/home/{name}:/bin/bash' for name, number in ACCOUNTS.items()])
    replace('/etc/group', ['root:x:0:', 'tty:x:5:', 'nogroup:x:65534:'] + [f'{name}:x:{number}:' for name, number in ACCOUNTS.items()])
    replace('/etc/shadow', [f'{name}:*:20000::::::' for name in ('root', 'sshd', *ACCOUNTS)])
    replace('/etc/hosts', ['127.0.0.1 localhost'] + [f'{address} {name}' for name, address in ADDRESSES.items()])
    for name, number in ACCOUNTS.items():
        os.mkdir(f'/home/{name}', 0o700)
        os.chown(f'/home/{name}', number, number)
        run('mkdir', '-m', '700', '.ssh', user=name)


def replace(path, lines):
    write(path, '\n'.join(lines) + '\n')


def start_sshd():
    os.mkdir('/run/sshd', 0o755)
    run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', '/run/sshd/host_key')
    write('/run/sshd/authorized_keys', '')
    write('/run/sshd/config', SSHD_CONFIG)
    host_key = pathlib.Path('/run/sshd/host_key.pub').read_text()
    for name in 'home', 'work', 'al':
        write(f'/home/{name}/.ssh/known_hosts', f'gateway,git.example.org,192.0.2.1,192.0.2.2 {host_key}', name)
    # It returns once it listens.
    run('/usr/sbin/sshd', '-f', '/run/sshd/config')


def furnish_gateway(program):
    binary = pathlib.Path('/home/al/.local/bin/fairlead')
    run('mkdir', '-p', '.local/bin', user='al')
    binary.write_bytes(program)
    binary.chmod(0o755)
    write('/home/al/.bashrc', RC_FILE, 'al')
    write('/home/al/.bash_profile', '. ~/.bashrc\n', 'al')
    write('/home/al/.tmux.conf', 'set -g status-right gateway\nset -g status-style bg=colour236,fg=colour250\n', 'al')
    write('/home/al/.gitconfig', '[user]\nname = Al\nemail = al@example.org\n[init]\ndefaultBranch = main\n', 'al')
    run('git', 'init', '-q', '--bare', '-b', 'main', 'site.git', user='git')
    run('git', 'init', '-q', SITE, user='al')
    run('git', '-C', SITE, 'remote', 'add', 'origin', 'git@git.example.org:site.git', user='al')
    run('git', '-C', SITE, 'config', 'branch.main.remote', 'origin', user='al')
    run('git', '-C', SITE, 'config', 'branch.main.merge', 'refs/heads/main', user='al')
    for line in 'first\n', 'second\n':
        edit_site(line)
        run('git', '-C', SITE, 'add', '.', user='al')
        run('git', '-C', SITE, 'commit', '-q', '-m', 'A draft', user='al')
    # The server has the first commit, so that the push shows the commits it starts from and ends at.
    bundle = f'{SITE}/.git/first.bundle'
    run('git', '-C', SITE, 'branch', 'first', 'HEAD~1', user='al')
    run('git', '-C', SITE, 'bundle', 'create', '-q', bundle, 'first', user='al')
    run('cp', bundle, '/home/git/first.bundle')
    os.chown('/home/git/first.bundle', ACCOUNTS['git'], ACCOUNTS['git'])
    run('git', '-C', 'site.git', 'fetch', '-q', '/home/git/first.bundle', 'first:main', user='git')
    run('git', '-C', SITE, 'branch', '-q', '-D', 'first', user='al')


def edit_site(line):
    """Adds a line to the file, as a person at work would."""
    draft = pathlib.Path(SITE, 'draft.md')
    write(draft, (draft.read_text() if draft.exists() else '') + line, 'al')


def furnish_laptop(name):
    key = f'/home/{name}/.ssh/id_ed25519'
    run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', f'al@{name}', '-f', key, user=name)
    with open('/run/sshd/authorized_keys', 'a') as allowed:
        allowed.write(pathlib.Path(f'{key}.pub').read_text())
    write(f'/home/{name}/.ssh/config', f'User al\nBindAddress {ADDRESSES[name]}\n', name)
    agent = f'/home/{name}/agent'
    subprocess.Popen(['ssh-agent', '-D', '-a', agent], stdout=subprocess.DEVNULL, **as_user(name))
    wait_for(lambda: os.path.exists(agent))
    options = as_user(name)
    options['env'] |= {'SSH_AUTH_SOCK': agent}
    subprocess.run(['ssh-add', '-q', key], check=True, **options)


def wait_for(happened, seconds=10):
    """Waits until happened() is true. TimeoutError after so many seconds."""
    end = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > end:
            raise TimeoutError(f'nothing happened in {seconds} s')
        time.sleep(0.01)
