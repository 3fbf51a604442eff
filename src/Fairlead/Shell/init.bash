export SSH_AUTH_SOCK=@SOCKET@
# To use fairlead in bash, add this line to ~/.bashrc, above the place where non-interactive shells return:
#   if [ -x ~/.local/bin/fairlead ]; then eval "$(~/.local/bin/fairlead init bash)"; fi
