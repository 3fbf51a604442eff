"""old-kernel.py VERSION COMMAND...: runs a command on what looks like an older Linux.

A seccomp filter answers ENOSYS to each system call that is newer than VERSION (such as 5.2), and EINVAL to the locks of open file
descriptions (F_OFD_SETLK and its like, fcntl(2)) before 3.15. It holds for all that the command starts.
"""

import ctypes
import os
import platform
import struct
import sys

# The version in which each came, with its number on x86-64 and on arm64 (syscall_64.tbl, asm-generic/unistd.h).
CALLS = [
    ((3, 15), 316, 276),  # renameat2
    ((3, 17), 317, 277),  # seccomp
    ((3, 17), 318, 278),  # getrandom
    ((3, 17), 319, 279),  # memfd_create
    ((3, 18), 321, 280),  # bpf
    ((3, 19), 322, 281),  # execveat
    ((4, 3), 323, 282),  # userfaultfd
    ((4, 3), 324, 283),  # membarrier
    ((4, 4), 325, 284),  # mlock2
    ((4, 5), 326, 285),  # copy_file_range
    ((4, 6), 327, 286),  # preadv2
    ((4, 6), 328, 287),  # pwritev2
    ((4, 9), 329, 288),  # pkey_mprotect
    ((4, 9), 330, 289),  # pkey_alloc
    ((4, 9), 331, 290),  # pkey_free
    ((4, 11), 332, 291),  # statx
    ((4, 18), 333, 292),  # io_pgetevents
    ((4, 18), 334, 293),  # rseq
]

# From here on the numbers are the same everywhere: the first of each version.
FIRST_CALLS = [
    ((5, 1), 424),  # pidfd_send_signal, io_uring_setup
    ((5, 2), 428),  # open_tree, move_mount
    ((5, 3), 434),  # pidfd_open, clone3
    ((5, 6), 437),  # openat2, pidfd_getfd
    ((5, 8), 439),  # faccessat2
    ((5, 10), 440),  # process_madvise
    ((5, 11), 441),  # epoll_pwait2
    ((5, 12), 442),  # mount_setattr
    ((5, 14), 443),  # quotactl_fd
]
CLOSE_RANGE = ((5, 9), 436)

FCNTL = (72, 25)
F_OFD_GETLK, F_OFD_SETLKW = 36, 38

ENOSYS, EINVAL = 38, 22
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
ALLOW, ERROR = 0x7FFF0000, 0x00050000
LOAD, EQUAL, AT_LEAST, GREATER, RETURN = 0x20, 0x15, 0x35, 0x25, 0x06
NUMBER, SECOND_ARGUMENT = 0, 24  # in struct seccomp_data


def program(version, arm):
    numbers = [on_arm if arm else on_x86 for since, on_x86, on_arm in CALLS if since > version]
    numbers += [number for since, number in [CLOSE_RANGE] if since > version]
    steps = [(LOAD, 0, 0, NUMBER)]
    for number in numbers:
        steps += [(EQUAL, 0, 1, number), (RETURN, 0, 0, ERROR | ENOSYS)]
    newer = [number for since, number in FIRST_CALLS if since > version]
    if newer:
        kept = CLOSE_RANGE[1] if CLOSE_RANGE[0] <= version else newer[0]
        steps += [(EQUAL, 2, 0, kept)] if kept != newer[0] else []
        steps += [(AT_LEAST, 0, 1, newer[0]), (RETURN, 0, 0, ERROR | ENOSYS)]
    if version < (3, 15):
        steps += [
            (EQUAL, 0, 4, FCNTL[arm]),
            (LOAD, 0, 0, SECOND_ARGUMENT),
            (AT_LEAST, 0, 2, F_OFD_GETLK),
            (GREATER, 1, 0, F_OFD_SETLKW),
            (RETURN, 0, 0, ERROR | EINVAL),
        ]
    return steps + [(RETURN, 0, 0, ALLOW)]


def hide_newer_calls(version):
    steps = program(version, platform.machine() == "aarch64")
    text = b"".join(struct.pack("HBBI", *step) for step in steps)
    buffer = ctypes.create_string_buffer(text, len(text))
    header = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", len(steps), ctypes.addressof(buffer)))
    libc = ctypes.CDLL(None, use_errno=True)
    if os.geteuid() != 0:
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, header, 0, 0) != 0:
        sys.exit(f"prctl: {os.strerror(ctypes.get_errno())}")


major, minor = sys.argv[1].split(".")
hide_newer_calls((int(major), int(minor)))
os.execvp(sys.argv[2], sys.argv[2:])
