setenv SSH_AUTH_SOCK @SOCKET@;
: 'To use fairlead in tcsh, add this line to ~/.tcshrc, or to ~/.cshrc if there is no ~/.tcshrc:';
:   'if ( -x ~/.local/bin/fairlead ) eval "`~/.local/bin/fairlead init tcsh`"';
