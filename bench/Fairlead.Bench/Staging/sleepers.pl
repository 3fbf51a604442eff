#!/usr/bin/perl
# As many processes as asked for, or as the machine allows, which do nothing. They end with the first one.
#   sleepers.pl COUNT READY
# READY: a file that is made when they run, with their number in it.
use strict;
use warnings;
use POSIX ();

my ($count, $ready) = @ARGV;
my $SYS_prctl = (POSIX::uname())[4] eq 'aarch64' ? 167 : 157;
my @sleepers;
while (@sleepers < $count) {
    my $pid = fork // last;
    if ($pid == 0) {
        syscall $SYS_prctl, 1, 9, 0, 0, 0; # PR_SET_PDEATHSIG, SIGKILL
        sleep while 1;
    }
    push @sleepers, $pid;
}
$SIG{TERM} = sub { kill 'KILL', @sleepers; waitpid $_, 0 for @sleepers; POSIX::_exit(0) };
open my $file, '>', "$ready.new" or die $!;
print $file scalar @sleepers;
close $file;
rename "$ready.new", $ready or die $!;
sleep while 1;
