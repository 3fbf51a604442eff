# fish's completion for fairlead, made from its command tree.

# The words before the cursor that are neither the program, nor an option, nor an option's value.
function __fairlead_words
    set -l is_value
    set -l ended
    for word in (commandline -opc)[2..]
        if test -n "$is_value"
            set is_value
        else if test -n "$ended"
            echo -- $word
        else if test "$word" = --
            set ended yes
        else if contains -- $word $__fairlead_valued
            set is_value yes
        else if not string match -q -- '-*' $word
            echo -- $word
        end
    end
end

# Whether the cursor stands in the command $argv[1].
function __fairlead_in
    set -l words (__fairlead_words)
    test "$words[1]" = "$argv[1]"
end

# Whether the cursor stands where argument $argv[2] of the command $argv[1] belongs; without either, where the command does.
function __fairlead_at
    set -l words (__fairlead_words)
    if not set -q argv[1]
        test (count $words) -eq 0
    else
        test "$words[1]" = "$argv[1]"; and test (count $words) -eq (math $argv[2] + 1)
    end
end

# The rest of the line is a command of its own, behind $argv[1] arguments.
function __fairlead_command_line
    set -l words (__fairlead_words)
    set -l rest $words[(math $argv[1] + 2)..]
    complete -C (string join ' ' -- $rest (commandline -ct))
end

# What the running fairlead knows: a value, a tab, what it means.
function __fairlead_live
    command -q fairlead; and command fairlead completions --values $argv[1] 2>/dev/null
end

complete -c fairlead -e
complete -c fairlead -f
@GRAMMAR@
