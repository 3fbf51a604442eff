"""The terminal of a laptop: a tmux without a client, whose screen can be read cell by cell."""
import re
import subprocess
import time
from typing import NamedTuple

import stage

COLUMNS = 84
ROWS = 20

# How long to wait between two looks at the screen while a command runs.
LOOK_SECONDS = 0.02

# A command is done when its screen has not changed for this long.
SETTLED_SECONDS = 0.25

# The recording fails when a command is not done after this time.
PATIENCE_SECONDS = 20


class Run(NamedTuple):
    """Neighbouring letters of one row that look the same. A colour is one of the 256 by number, or None for the terminal's own."""
    row: int
    column: int
    text: str
    colour: int | None
    background: int | None
    bold: bool
    dim: bool


class Screen(NamedTuple):
    runs: tuple[Run, ...]
    cursor: tuple[int, int]
    cursor_row: str


class Terminal:
    """A window on a laptop, with its shell and its agent."""

    def __init__(self, laptop, colour):
        self.laptop = laptop
        self.options = stage.as_user(laptop)
        self.options['env'] |= {'SSH_AUTH_SOCK': f'/home/{laptop}/agent'}
        stage.write(f'/home/{laptop}/.bashrc', rf"PS1='\[\e[{colour}m\]{laptop}\[\e[0m\]$ '", laptop)
        stage.write(f'/home/{laptop}/.tmux.conf', 'set -g status off\nset -g prefix None\n', laptop)
        self.tmux('new-session', '-d', '-x', str(COLUMNS), '-y', str(ROWS), 'bash')
        self.wait(f'{laptop}$')

    def tmux(self, *arguments):
        return subprocess.run(['tmux', *arguments], check=True, capture_output=True, text=True, **self.options).stdout

    def press(self, *keys):
        self.tmux('send-keys', *keys)

    def type(self, text):
        """Types the text, and yields the screen after each letter."""
        for letter in text:
            before = self.look()
            self.tmux('send-keys', '-l', letter)
            stage.wait_for(lambda: self.look().cursor != before.cursor)
            yield self.look()

    def watch(self, prompt):
        """Yields each screen that passes, and its seconds, until the cursor's row is this prompt and nothing changes any more."""
        started = since = time.monotonic()
        shown = self.look()
        while True:
            time.sleep(LOOK_SECONDS)
            now = time.monotonic()
            screen = self.look()
            if screen != shown:
                yield shown, now - since
                shown, since = screen, now
            elif screen.cursor_row == prompt and now - since > SETTLED_SECONDS:
                return
            if now - started > PATIENCE_SECONDS:
                raise TimeoutError(f'no {prompt} in {PATIENCE_SECONDS} s:\n{self.tmux("capture-pane", "-p")}')

    def wait(self, prompt):
        for _ in self.watch(prompt):
            pass

    def look(self):
        head, *rows = self.tmux('display-message', '-p', '#{cursor_x} #{cursor_y}', ';', 'capture-pane', '-e', '-p').split('\n')
        column, row = map(int, head.split())
        runs = tuple(run for number, text in enumerate(rows[:ROWS]) for run in runs_of(number, text))
        return Screen(runs, (row, column), ''.join(run.text for run in runs if run.row == row).rstrip())


def runs_of(row, text):
    """The runs of one row of 'tmux capture-pane -e', which writes colours and weights as SGR (ECMA-48, 8.3.117)."""
    look = {'colour': None, 'background': None, 'bold': False, 'dim': False}
    column = 0
    for letters, codes in re.findall(r'([^\x1b]+)|\x1b\[([\d;]*)m', re.sub(r'\x1b[()]\w|[\x0e\x0f]', '', text)):
        if letters:
            # Blanks show nothing, unless they have a background.
            shown = letters if look['background'] is not None else letters.rstrip()
            start = 0 if look['background'] is not None else len(shown) - len(shown.lstrip())
            if shown[start:]:
                yield Run(row, column + start, shown[start:], **look)
            column += len(letters)
        else:
            change(look, [int(code or 0) for code in codes.split(';')])


def change(look, codes):
    while codes:
        code = codes.pop(0)
        if code == 0:
            look.update(colour=None, background=None, bold=False, dim=False)
        elif code in (1, 2):
            look['bold' if code == 1 else 'dim'] = True
        elif code in (38, 48) and codes[0] == 5:
            look['colour' if code == 38 else 'background'] = codes[1]
            del codes[:2]
        elif code in (39, 49):
            look['colour' if code == 39 else 'background'] = None
        elif code // 10 in (3, 4, 9, 10) and code % 10 < 8:
            look['colour' if code // 10 in (3, 9) else 'background'] = code % 10 + (8 if code >= 90 else 0)
        else:
            raise NotImplementedError(f'SGR {code} cannot be drawn yet')
