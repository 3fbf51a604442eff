function __fairlead_refresh --on-event fish_prompt
    if test -r @MOVED@; and read -l moved <@MOVED@; and test "$moved" != "$__fairlead_moved"
        set -g __fairlead_moved $moved
        test -x @PROGRAM@; and @PROGRAM@ env fish 2>/dev/null | source
    end
end
