#!/usr/bin/perl
# Processes that look like the session processes of sshd: each listens for a forwarded agent in FOLDER/ssh-XXXXXXXXXX/agent.PID, has "sshd: USER@pts/N"
# for a title, and a child with a terminal and SSH_CONNECTION. All of them end with the first one, which ends at SIGTERM.
#   logins.pl FOLDER COUNT USER ANSWER READY [COMMAND ...]
# ANSWER: what the agents answer to a list, in hexadecimal digits. READY: a file that is made when all of them listen.
# COMMAND: what the first logins run on their terminals; the others sleep.
use strict;
use warnings;
use Fcntl;
use IO::Select;
use IO::Socket::UNIX;
use POSIX ();

my ($folder, $count, $user, $answer, $ready, @commands) = @ARGV;
$answer = pack 'H*', $answer;
my $machine = (POSIX::uname())[4];
my $SYS_prctl = $machine eq 'aarch64' ? 167 : 157;
my ($PR_SET_PDEATHSIG, $PR_SET_NAME) = (1, 15);
my ($TIOCSPTLCK, $TIOCGPTN, $TIOCSCTTY) = (0x40045431, 0x80045430, 0x540e);

my @logins;
for my $number (1 .. $count) {
    pipe my $hear, my $tell or die $!;
    my $pid = fork // die $!;
    if ($pid == 0) {
        close $hear;
        syscall $SYS_prctl, $PR_SET_PDEATHSIG, 9, 0, 0, 0;
        serve($number, $tell);
        POSIX::_exit(0);
    }
    close $tell;
    sysread $hear, my $byte, 1 or die "login $number did not start";
    push @logins, $pid;
}
$SIG{TERM} = sub { kill 'TERM', @logins; waitpid $_, 0 for @logins; POSIX::_exit(0) };
open my $file, '>', $ready or die $!;
close $file;
sleep while 1;

sub serve {
    my ($number, $tell) = @_;
    POSIX::setsid();
    my $home = sprintf '%s/ssh-login%05d', $folder, $number;
    mkdir $home, 0700 or die $!;
    my $path = "$home/agent.$$";
    my $listener = IO::Socket::UNIX->new(Local => $path, Listen => 128) or die $!;
    my ($terminal, $name, $child) = open_terminal($number, $path);
    $0 = "sshd: $user\@$name";
    my $command = "sshd\0";
    syscall $SYS_prctl, $PR_SET_NAME, $command, 0, 0, 0;
    $SIG{TERM} = sub { kill 'HUP', $child; POSIX::_exit(0) };
    syswrite $tell, 'x';
    close $tell;
    my $select = IO::Select->new($listener, $terminal);
    my %read;
    while (my @able = $select->can_read) {
        for my $from (@able) {
            if ($from == $listener) {
                $select->add($listener->accept);
            } elsif (!sysread $from, $read{$from}, 65536, length($read{$from} // '')) {
                delete $read{$from};
                $select->remove($from);
                close $from;
            } elsif ($from == $terminal) {
                $read{$from} = '';
            } else {
                answer($from, \$read{$from});
            }
        }
    }
}

sub answer {
    my ($to, $read) = @_;
    while (length $$read >= 5 and length $$read >= 4 + unpack 'N', $$read) {
        my $message = substr $$read, 0, 4 + unpack('N', $$read), '';
        syswrite $to, ord(substr $message, 4, 1) == 11 ? $answer : "\0\0\0\1\5";
    }
}

sub open_terminal {
    my ($number, $agent) = @_;
    sysopen my $master, '/dev/ptmx', O_RDWR | O_NOCTTY or die $!;
    my $unlock = pack 'i', 0;
    ioctl $master, $TIOCSPTLCK, $unlock or die $!;
    my $index = pack 'i', 0;
    ioctl $master, $TIOCGPTN, $index or die $!;
    my $name = 'pts/' . unpack 'i', $index;
    my $child = fork // die $!;
    if ($child == 0) {
        POSIX::setsid();
        sysopen my $slave, "/dev/$name", O_RDWR or die $!;
        ioctl $slave, $TIOCSCTTY, 0;
        POSIX::dup2(fileno $slave, $_) for 0 .. 2;
        $ENV{SSH_CONNECTION} = sprintf '10.1.%d.%d 50000 10.0.0.1 22', $number / 250, 1 + $number % 250;
        $ENV{SSH_TTY} = "/dev/$name";
        $ENV{SSH_AUTH_SOCK} = $agent;
        exec '/bin/sh', '-c', 'exec ' . ($commands[$number - 1] // 'sleep 100000000');
        die $!;
    }
    return ($master, $name, $child);
}
