__fairlead_refresh() {
  emulate -L zsh
  local moved
  if { read -r moved <@MOVED@ } 2>/dev/null && [[ $moved != "${__fairlead_moved-}" ]]; then
    typeset -g __fairlead_moved=$moved
    eval "$(@PROGRAM@ env zsh 2>/dev/null)"
  fi
}
autoload -Uz add-zsh-hook
add-zsh-hook precmd __fairlead_refresh
