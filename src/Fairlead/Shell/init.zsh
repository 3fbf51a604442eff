export SSH_AUTH_SOCK=@SOCKET@
# To use fairlead in zsh, add this line to ~/.zshrc:
#   if [ -x ~/.local/bin/fairlead ]; then eval "$(~/.local/bin/fairlead init zsh)"; fi
