"""Notes which functions of a program run, in every process below a command, from the first call of each on.

A breakpoint stands at the start of every function. The first call of a function in a process stops there (ptrace(2)), is noted, and removes
the breakpoint, so that all later calls run at full speed. For x86-64, and for a program that is linked to fixed addresses.
"""
import collections
import ctypes
import os
import pathlib
import signal
import struct
import subprocess

# ptrace(2), wait(2), <sys/user.h> and <elf.h>.
PEEKUSER, POKEUSER, CONT, SEIZE, LISTEN = 3, 6, 7, 0x4206, 0x4208
FOLLOW_ALL = 0x02 | 0x04 | 0x08 | 0x10  # PTRACE_O_TRACEFORK, _TRACEVFORK, _TRACECLONE, _TRACEEXEC
EVENT_EXEC, EVENT_STOP = 4, 128
WALL = 0x40000000
RIP = 16 * 8
BREAKPOINT = 0xCC
GROUP_STOPS = {signal.SIGSTOP, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU}

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.restype = ctypes.c_long
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]


class Functions:
    """The functions of the program, and its code with a breakpoint at the start of each."""

    def __init__(self, program, symbols):
        """symbols: the file with the symbols that the build removed from the program."""
        self.names = {}
        for line in subprocess.run(['readelf', '--wide', '--symbols', symbols], check=True, capture_output=True, text=True).stdout.splitlines():
            match line.split(maxsplit=7):
                case [_, address, _, 'FUNC', _, _, section, name] if section != 'UND':
                    self.names.setdefault(int(address, 16), []).append(name.split(' [')[0])
        self.start, self.code = code_of(program)
        self.stopping = bytearray(self.code)
        for address in self.names:
            self.stopping[address - self.start] = BREAKPOINT


def code_of(program):
    """Where the executable segment of an ELF file is, and its bytes."""
    file = pathlib.Path(program).read_bytes()
    headers, = struct.unpack_from('<Q', file, 32)
    size, number = struct.unpack_from('<HH', file, 54)
    for header in range(headers, headers + size * number, size):
        kind, flags, offset, address, _, length = struct.unpack_from('<IIQQQQ', file, header)
        if kind == 1 and flags & 1:
            return address, file[offset:offset + length]
    raise ValueError(f'{program} has no code')


class Tracer:
    """Runs a command, and notes the functions of one program.

    calls[verb][name] is the number of spans in which the processes with that first argument called a function. A span ends whenever the
    program is started anywhere.
    """

    def __init__(self, functions, name):
        """name: what the program's file is called; every other program runs without breakpoints."""
        self.functions = functions
        self.name = name
        self.calls = collections.defaultdict(collections.Counter)
        self.running = set()
        self.memories = {}
        self.verbs = {}

    def run(self, command, **options):
        """Returns the exit code of the command, when it and every process that it left behind have ended."""
        child = subprocess.Popen(['/bin/sh', '-c', 'kill -STOP $$; exec "$@"', 'sh', *command], **options)
        os.waitpid(child.pid, os.WUNTRACED)
        self.ptrace(SEIZE, child.pid, 0, FOLLOW_ALL)
        os.kill(child.pid, signal.SIGCONT)
        exit_code = None
        while True:
            try:
                task, status = os.waitpid(-1, WALL)
            except ChildProcessError:
                return exit_code
            if os.WIFSTOPPED(status):
                try:
                    self.resume(task, os.WSTOPSIG(status), status >> 16)
                except (ProcessLookupError, FileNotFoundError):
                    pass  # It was killed just now, and its end is still to be reported.
            else:
                self.forget(task)
                if task == child.pid:
                    exit_code = os.waitstatus_to_exitcode(status)

    def resume(self, task, signal_number, event):
        if event == EVENT_EXEC:
            self.forget(task)
            self.place_breakpoints(task)
        if event == EVENT_STOP and signal_number in GROUP_STOPS:
            self.ptrace(LISTEN, task)
        elif event or (signal_number == signal.SIGTRAP and self.note_call(task)):
            self.ptrace(CONT, task)
        else:
            self.ptrace(CONT, task, 0, signal_number)

    def place_breakpoints(self, task):
        if os.path.basename(os.readlink(f'/proc/{task}/exe')) == self.name:
            self.running.add(task)
            for process in self.running:
                os.pwrite(self.memory_of(process), self.functions.stopping, self.functions.start)

    def note_call(self, task):
        """Whether the task stopped at the start of a function."""
        address = self.ptrace(PEEKUSER, task, RIP) - 1
        names = self.functions.names.get(address)
        if names is None:
            return False
        offset = address - self.functions.start
        os.pwrite(self.memory_of(task), self.functions.code[offset:offset + 1], address)
        self.ptrace(POKEUSER, task, RIP, address)
        self.calls[self.verb_of(task)].update(names)
        return True

    def memory_of(self, task):
        if task not in self.memories:
            self.memories[task] = os.open(f'/proc/{task}/mem', os.O_RDWR)
        return self.memories[task]

    def verb_of(self, task):
        if task not in self.verbs:
            self.verbs[task] = (pathlib.Path(f'/proc/{task}/cmdline').read_text().split('\0') + [''])[1]
        return self.verbs[task]

    def forget(self, task):
        self.running.discard(task)
        self.verbs.pop(task, None)
        if task in self.memories:
            os.close(self.memories.pop(task))

    @staticmethod
    def ptrace(request, task, address=0, data=0):
        ctypes.set_errno(0)
        result = libc.ptrace(request, task, address, data)
        if ctypes.get_errno() != 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        return result
