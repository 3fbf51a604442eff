{SSH_AUTH_SOCK: @SOCKET@}
# A record, for Nushell evaluates no text while it runs. Tried by hand with Nushell 0.108; Debian has none for the tests.
# To use fairlead in Nushell, add this line to its config.nu:
#   if ("~/.local/bin/fairlead" | path exists) { ^~/.local/bin/fairlead init nu | from nuon | default {} | load-env }
