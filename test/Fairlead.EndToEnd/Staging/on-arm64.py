"""on-arm64.py COMMAND...: runs a command on what looks like a machine that can run programs for arm64, too.

qemu (Debian: qemu-user-static) plays their processor. The kernel is told so in a user and a mount namespace of the command's own (binfmt_misc,
user_namespaces(7)), from Linux 6.7 on: the rest of the machine knows nothing of it, and nothing is left when the command ends. Users,
folders, processes and the network are the machine's own. Needs root.
"""

import ctypes
import os
import sys

QEMU = "/usr/bin/qemu-aarch64-static"
FORMATS = "/proc/sys/fs/binfmt_misc"

# An ELF file (elf(5)) of 64 bits, little endian, for any system, with the type of an executable or (one more) of a shared object, for EM_AARCH64.
MAGIC = r"\x7fELF\x02\x01\x01\x00" + r"\x00" * 8 + r"\x02\x00\xb7\x00"
MASK = r"\xff" * 7 + r"\x00" + r"\xff" * 8 + r"\xfe\xff\xff\xff"

# F: qemu is opened now, so that it is found after a chroot, too.
FLAGS = "F"

CLONE_NEWNS, CLONE_NEWUSER = 0x00020000, 0x10000000
MS_REC, MS_PRIVATE = 0x4000, 0x40000
EVERY_USER = "0 0 4294967295"

libc = ctypes.CDLL(None, use_errno=True)


def call(name, *arguments):
    if getattr(libc, name)(*arguments) != 0:
        sys.exit(f"on-arm64: {name}: {os.strerror(ctypes.get_errno())}")


def enter_namespaces():
    """Who is who inside can only be told from outside: a child says it as soon as this process is in."""
    inside, is_inside = os.pipe()
    child = os.fork()
    if child == 0:
        os.read(inside, 1)
        for ids in ("uid_map", "gid_map"):
            with open(f"/proc/{os.getppid()}/{ids}", "w", encoding="ascii") as file:
                file.write(EVERY_USER)
        os._exit(0)
    call("unshare", CLONE_NEWUSER | CLONE_NEWNS)
    os.write(is_inside, b"!")
    if os.waitpid(child, 0)[1] != 0:
        sys.exit("on-arm64: the users of the namespace could not be named")


def teach_arm64():
    call("mount", b"none", b"/", None, MS_REC | MS_PRIVATE, None)
    call("mount", b"binfmt_misc", FORMATS.encode(), b"binfmt_misc", 0, None)
    with open(f"{FORMATS}/register", "w", encoding="ascii") as register:
        register.write(f":arm64:M::{MAGIC}:{MASK}:{QEMU}:{FLAGS}")


enter_namespaces()
teach_arm64()
os.execvp(sys.argv[1], sys.argv[1:])
