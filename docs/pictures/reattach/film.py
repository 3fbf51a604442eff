"""Draws screens, one after another, as one animated SVG.

CSS alone moves it, because a page that shows an SVG in <img> runs no script and loads nothing else. A person who asks for reduced motion,
or whose viewer does not animate, sees the last screen.
"""
from html import escape

from terminal import COLUMNS, ROWS

# In pixels, when the page shows the picture at its own size.
WIDTH = 800
MARGIN = 20
CELL_WIDTH = (WIDTH - 2 * MARGIN) / COLUMNS
CELL_HEIGHT = 20
BAR = 38
TAB_WIDTH = 190
TOP = BAR + 12
BOTTOM = TOP + ROWS * CELL_HEIGHT + 12
HEIGHT = BOTTOM + 46

# The colours that programs ask for by number, light enough to read on the dark background (WCAG 2 asks for a contrast of 4.5 to 1).
# Number 0 is the background itself.
COLOURS = {
    0: '#0d1117', 1: '#ff7b72', 2: '#56d364', 3: '#e3b341', 4: '#79c0ff', 5: '#d2a8ff', 6: '#56d4dd', 7: '#e6edf3',
    8: '#9198a1', 9: '#ffa198', 10: '#7ee787', 11: '#f2cc60', 12: '#a5d6ff', 13: '#e2c5ff', 14: '#b3f0ff', 15: '#ffffff',
    236: '#30363d', 250: '#c9d1d9',
}

STYLE = '''text { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 15px }
text { fill: #e6edf3; white-space: pre }
.words { font-family: system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; font-size: 16px }
.window { fill: #0d1117; stroke: #3d444d }
.line { fill: none; stroke: #3d444d }
.off { fill: #9198a1 }
.dim { fill: #9198a1 }
.bold { fill: #ffffff; font-weight: 700 }
.cursor { fill: #e6edf3; opacity: .55 }
.moves { visibility: hidden }
.last { visibility: visible }'''


class Film:
    """Which parts are visible, and when. Times are in seconds from the start."""

    def __init__(self, title, description):
        self.title = title
        self.description = description
        self.seconds = 0
        self.spans = {}
        self.cursors = []

    def show(self, parts, cursor, seconds):
        """Adds a frame: parts, each a piece of SVG, and the cursor's row and column."""
        start, self.seconds = self.seconds, self.seconds + seconds
        for part in parts:
            spans = self.spans.setdefault(part, [])
            if spans and spans[-1][1] == start:
                spans[-1] = (spans[-1][0], self.seconds)
            else:
                spans.append((start, self.seconds))
        self.cursors.append((start, cursor))

    def draw(self):
        groups = {}
        for part, spans in self.spans.items():
            groups.setdefault(tuple(spans), []).append(part)
        rules, body = [], []
        for number, (spans, parts) in enumerate(groups.items()):
            if spans == ((0, self.seconds),):
                body += parts
                continue
            rules.append(f'.k{number}{{animation-name:k{number}}}@keyframes k{number}{{{self.keyframes(spans)}}}')
            last = ' last' if spans[-1][1] == self.seconds else ''
            body.append(f'<g class="moves{last} k{number}">{"".join(parts)}</g>')
        body.append(self.draw_cursor(rules))
        moves = '\n'.join([f'.moves, .cursor {{ animation: {self.seconds:.2f}s step-end infinite }}', *rules])
        return f'''<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" \
role="img" aria-labelledby="title description">
<title id="title">{escape(self.title)}</title>
<desc id="description">{escape(self.description)}</desc>
<style>
{STYLE}
@media (prefers-reduced-motion: no-preference) {{
{moves}
}}
</style>
<rect class="window" x="0.5" y="0.5" width="{WIDTH - 1}" height="{HEIGHT - 1}" rx="8"/>
<path class="line" d="M0.5 {BAR + .5}H{WIDTH - .5}M0.5 {BOTTOM + .5}H{WIDTH - .5}"/>
{chr(10).join(body)}
</svg>
'''

    def keyframes(self, spans):
        frames = {0: 'hidden'}
        for start, end in spans:
            frames[start] = 'visible'
            if end < self.seconds:
                frames[end] = 'hidden'
        return ''.join(f'{self.percent(at)}{{visibility:{look}}}' for at, look in frames.items())

    def draw_cursor(self, rules):
        frames, before = [], None
        for at, (row, column) in self.cursors:
            if (row, column) != before:
                frames.append(f'{self.percent(at)}{{transform:translate({x_of(column):.1f}px,{y_of(row)}px)}}')
                before = row, column
        rules.append(f'.cursor{{animation-name:cursor}}@keyframes cursor{{{"".join(frames)}}}')
        return (f'<rect class="cursor" width="{CELL_WIDTH:.2f}" height="{CELL_HEIGHT - 2}" '
                f'style="transform:translate({x_of(before[1]):.1f}px,{y_of(before[0])}px)"/>')

    def percent(self, seconds):
        return f'{100 * seconds / self.seconds:.3f}'.rstrip('0').rstrip('.') + '%'


def x_of(column):
    return MARGIN + column * CELL_WIDTH


def y_of(row):
    return TOP + row * CELL_HEIGHT


def cells(run):
    """A run of a terminal as SVG. textLength keeps its letters in their columns, whatever the font."""
    x, y, width = x_of(run.column), y_of(run.row), len(run.text) * CELL_WIDTH
    classes = 'bold' if run.bold else 'dim' if run.dim else ''
    look = f' class="{classes}"' if classes else ''
    if run.colour is not None:
        look += f' style="fill:{COLOURS[run.colour]}"'
    ground = '' if run.background is None else (
        f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{CELL_HEIGHT}" fill="{COLOURS[run.background]}"/>')
    return (f'{ground}<text{look} x="{x:.1f}" y="{y + 15}" textLength="{width:.1f}" lengthAdjust="spacingAndGlyphs">'
            f'{escape(run.text, quote=False)}</text>')


def tab(number, text, colour):
    """The name of a laptop above the terminal; colour is None while the other one is shown."""
    x, width = MARGIN + number * TAB_WIDTH, TAB_WIDTH
    if colour is None:
        return f'<text class="words off" x="{x + width / 2}" y="25" text-anchor="middle">{escape(text)}</text>'
    return (f'<text class="words" x="{x + width / 2}" y="25" text-anchor="middle" style="fill:{colour}">{escape(text)}</text>'
            f'<rect x="{x}" y="{BAR - 2}" width="{width}" height="3" fill="{colour}"/>')


def caption(text):
    """The sentence below the terminal."""
    return f'<text class="words" x="{MARGIN}" y="{BOTTOM + 29}">{escape(text, quote=False)}</text>'
