# shellcheck shell=bash
# bash's completion for fairlead, made from its command tree.
# shellcheck disable=SC2312 # what fails offers nothing

# Sets what can follow the command $1; '' stands for none yet.
_fairlead_grammar() {
  options='' valued='' arguments=''
  case $1 in
@GRAMMAR@
    *) ;;
  esac
}

# Offers the lines of standard input that begin with $1, without what follows a tab in them. bash takes a colon for the beginning of a word
# (COMP_WORDBREAKS) and replaces only what stands behind it.
_fairlead_offer() {
  local value kept=''
  [[ ${COMP_WORDBREAKS} != *:* ]] || kept=${1%"${1##*:}"}
  while IFS=$'\t' read -r value _; do
    if [[ -n ${value} && ${value} == "$1"* ]]; then
      printf -v value '%q' "${value#"${kept}"}"
      COMPREPLY+=("${value}")
    fi
  done
}

# Offers the values of a kind ($1) that begin with $2. A + behind the kind says that there may be more of them.
_fairlead_value() {
  set -- "${1%+}" "$2"
  case $1 in
    words:*) _fairlead_offer "$2" <<<"$(tr ',' '\n' <<<"${1#words:}")" ;;
    live:*) _fairlead_offer "$2" <<<"$(command fairlead completions --values "${1#live:}" 2>/dev/null)" ;;
    file)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$2")
      ;;
    *) ;;
  esac
}

# The rest of the line is a command of its own, beginning with the word $1.
_fairlead_command() {
  local i
  for ((i = 2; i < COMP_CWORD; i++)); do
    if [[ -n $1 && ${COMP_WORDS[i]} == "$1" ]] && declare -F _command_offset >/dev/null; then
      _command_offset "${i}"
      return
    fi
  done
  if [[ -z $1 ]]; then
    mapfile -t COMPREPLY < <(compgen -c -- "$2")
  else
    _fairlead_value file "$2"
  fi
}

_fairlead() {
  local line=${COMP_LINE:0:COMP_POINT} commands options valued arguments command='' kinds=() kind='' first='' ended='' word current i
  local -a words
  COMPREPLY=()
  read -ra words <<<"${line}"
  [[ ${line} != *[[:space:]] ]] || words+=('')
  current=${words[-1]}
  _fairlead_grammar ''
  for ((i = 1; i < ${#words[@]} - 1; i++)); do
    word=${words[i]}
    if [[ -n ${kind} ]]; then
      kind='' # the value of the option before it
    elif [[ ${word} == -- ]]; then
      ended=yes
    elif [[ ${word} == -* && -z ${ended} ]]; then
      [[ " ${valued}" != *" ${word}="* ]] || kind=option
    elif [[ -z ${command} ]]; then
      command=${word}
      _fairlead_grammar "${command}"
      read -ra kinds <<<"${arguments}"
    elif [[ ${kinds[0]-} == command ]]; then
      first=${word}
      break
    elif [[ ${kinds[0]-} != *+ ]]; then
      kinds=("${kinds[@]:1}")
    fi
  done

  if [[ -n ${kind} ]]; then
    kind=" ${valued}"
    kind=${kind#*" ${words[-2]}="}
    _fairlead_value "${kind%% *}" "${current}"
  elif [[ -n ${first} ]]; then
    _fairlead_command "${first}" "${current}"
  elif [[ ${current} == --*=* && -z ${ended} && " ${valued}" == *" ${current%%=*}="* ]]; then
    kind=" ${valued}"
    kind=${kind#*" ${current%%=*}="}
    _fairlead_value "${kind%% *}" "${current#*=}"
  elif [[ ${current} == -* && -z ${ended} ]]; then
    _fairlead_offer "${current}" <<<"${options// /$'\n'}"
  elif [[ -z ${command} ]]; then
    _fairlead_offer "${current}" <<<"${commands// /$'\n'}"
  elif [[ ${kinds[0]-} == command ]]; then
    _fairlead_command '' "${current}"
  elif [[ -n ${kinds[0]-} ]]; then
    _fairlead_value "${kinds[0]}" "${current}"
  fi
}

complete -F _fairlead fairlead
