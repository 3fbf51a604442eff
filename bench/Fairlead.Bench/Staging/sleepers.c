/*
 * As many processes as asked for, or as the machine allows, which do nothing. They end with the first one, which ends at SIGTERM.
 *   sleepers COUNT READY
 * READY: a file that is made when they run, with their number in it.
 * There is no libc in it, so that each costs only some 60 KB, nearly all of it the kernel's own.
 */
#include <asm/unistd.h>
#include <linux/fcntl.h>
#include <linux/prctl.h>
#include <linux/signal.h>

enum { KERNEL_SIGNAL_SET_SIZE = 8, OWNER_ONLY = 0600 };

static long call(long number, long a, long b, long c, long d, long e) {
#if defined(__x86_64__)
    long result;
    register long fourth __asm__("r10") = d;
    register long fifth __asm__("r8") = e;
    __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(fourth), "r"(fifth) : "rcx", "r11", "memory");
    return result;
#elif defined(__aarch64__)
    register long which __asm__("x8") = number;
    register long first __asm__("x0") = a;
    register long second __asm__("x1") = b;
    register long third __asm__("x2") = c;
    register long fourth __asm__("x3") = d;
    register long fifth __asm__("x4") = e;
    __asm__ volatile("svc 0" : "+r"(first) : "r"(which), "r"(second), "r"(third), "r"(fourth), "r"(fifth) : "memory");
    return first;
#else
#error "this machine's system calls are not known"
#endif
}

static void sleep_until_killed(long parent) {
    call(__NR_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (call(__NR_getppid, 0, 0, 0, 0, 0) != parent) {
        call(__NR_exit_group, 0, 0, 0, 0, 0);
    }
    for (;;) {
        call(__NR_ppoll, 0, 0, 0, 0, KERNEL_SIGNAL_SET_SIZE);
    }
}

static long number(const char *digits) {
    long value = 0;
    for (; *digits >= '0' && *digits <= '9'; digits++) {
        value = value * 10 + (*digits - '0');
    }
    return value;
}

static void report(const char *path, long count) {
    char digits[20];
    int start = sizeof digits;
    do {
        digits[--start] = (char)('0' + count % 10);
        count /= 10;
    } while (count > 0);
    long file = call(__NR_openat, AT_FDCWD, (long)path, O_WRONLY | O_CREAT | O_TRUNC, OWNER_ONLY, 0);
    call(__NR_write, file, (long)(digits + start), (long)sizeof digits - start, 0, 0);
    call(__NR_close, file, 0, 0, 0, 0);
}

/* The stack as the kernel leaves it: the number of arguments, then the arguments. */
__attribute__((noreturn, used)) void run(long *stack) {
    char **arguments = (char **)(stack + 1);
    unsigned long terminate = 1UL << (SIGTERM - 1);
    call(__NR_rt_sigprocmask, SIG_BLOCK, (long)&terminate, 0, KERNEL_SIGNAL_SET_SIZE, 0);
    long self = call(__NR_getpid, 0, 0, 0, 0, 0);
    long wanted = number(arguments[1]);
    long count = 0;
    long group = 0; /* the first sleeper leads a group of them all */
    for (; count < wanted; count++) {
        long child = call(__NR_clone, SIGCHLD, 0, 0, 0, 0);
        if (child < 0) {
            break;
        }
        if (child == 0) {
            sleep_until_killed(self);
        }
        call(__NR_setpgid, child, group, 0, 0, 0);
        group = group == 0 ? child : group;
    }
    report(arguments[2], count);
    call(__NR_rt_sigtimedwait, (long)&terminate, 0, 0, KERNEL_SIGNAL_SET_SIZE, 0);
    if (group != 0) {
        call(__NR_kill, -group, SIGKILL, 0, 0, 0);
    }
    while (call(__NR_wait4, -1, 0, 0, 0, 0) > 0) {
    }
    call(__NR_exit_group, 0, 0, 0, 0, 0);
    __builtin_unreachable();
}

#if defined(__x86_64__)
__asm__(".globl _start\n_start:\n mov %rsp, %rdi\n and $-16, %rsp\n call run\n");
#else
__asm__(".globl _start\n_start:\n mov x0, sp\n bl run\n");
#endif
