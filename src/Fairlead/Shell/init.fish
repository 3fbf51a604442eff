set -gx SSH_AUTH_SOCK @SOCKET@
# To use fairlead in fish, add this line to ~/.config/fish/config.fish:
#   if test -x ~/.local/bin/fairlead; ~/.local/bin/fairlead init fish | source; end
