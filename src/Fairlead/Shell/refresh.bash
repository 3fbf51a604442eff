__fairlead_refresh() {
  local status=$? moved
  if { read -r moved <@MOVED@; } 2>/dev/null && [[ ${moved} != "${__fairlead_moved-}" ]]; then
    __fairlead_moved=${moved}
    eval "$(@PROGRAM@ env bash 2>/dev/null || true)"
  fi
  # What is returned is the status for those behind; with errexit it would end the shell.
  [[ $- == *e* ]] || return "${status}"
}
if [[ ${PROMPT_COMMAND[*]-} != *__fairlead_refresh* ]]; then
  PROMPT_COMMAND="__fairlead_refresh${PROMPT_COMMAND:+;${PROMPT_COMMAND}}"
fi
