#compdef fairlead
# zsh's completion for fairlead, made from its command tree.

# What the running fairlead knows: a value, a tab, what it means.
_fairlead_live() {
  local line
  local -a described
  for line in "${(@f)$(command fairlead completions --values $1 2>/dev/null)}"; do
    [[ -z $line ]] || described+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
  done
  _describe -V "$1" described
}

@GRAMMAR@
_fairlead() {
  local curcontext=$curcontext state ret=1
  local -a line state_descr
  local -A opt_args
  # Here and not in a function of its own, whose end would take back how far the words are read.
  _arguments -s -S -C $_fairlead_options ': :->command' '*:: :->rest' && ret=0
  case $state in
    command) _fairlead_commands && ret=0 ;;
    rest)
      curcontext=${curcontext%:*}-$words[1]:
      (( ! $+functions[_fairlead_$words[1]] )) || { _fairlead_$words[1] && ret=0 }
      ;;
  esac
  return ret
}

# Loaded by its name it is the function's body; evaluated in ~/.zshrc it says what it completes.
if [[ $funcstack[1] == _fairlead ]]; then
  _fairlead "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
  compdef _fairlead fairlead
fi
