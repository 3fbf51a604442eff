export SSH_AUTH_SOCK=@SOCKET@
# To use fairlead in sh, add this line to ~/.profile:
#   if [ -x ~/.local/bin/fairlead ]; then eval "$(~/.local/bin/fairlead init sh)"; fi
