export SSH_AUTH_SOCK=@SOCKET@
# To use fairlead in ksh, add this line to ~/.kshrc, or to the file that ENV names:
#   if [ -x ~/.local/bin/fairlead ]; then eval "$(~/.local/bin/fairlead init ksh)"; fi
