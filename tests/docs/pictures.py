#!/usr/bin/env python3
"""Draws what a lesson prints: how deep the resets are nested, step by step, and below it whether DMA is blocked.

pictures.py --check FOLDER    ends with 1 if a picture is not what its lesson prints
pictures.py --update FOLDER   draws them: FOLDER/LESSON.txt -> FOLDER/pictures/LESSON.svg
"""

import pathlib
import re
import sys
import textwrap
from xml.sax.saxutils import escape

LESSONS = ("01_the_nested_call", "02_without_the_outer_pair", "03_a_flag", "04_done_is_skipped", "05_the_count",
           "06_the_failure_path")

# The picture of the front page: scenes of two lessons, under other titles, and with labels that can be compared.
FRONT_PAGE = "front_page"
FRONT_SCENES = (
    ("03_a_flag", "an FLR inside reset_nic",
     "With a flag: the inner done lifts the fence, and the firmware is still starting",
     ("outer prepare", "inner prepare", "FLR", "inner done", "firmware: still starting", "outer done")),
    ("05_the_count", "an FLR inside reset_nic: one prepare, one done",
     "With reset_guard: nested scopes are counted, and the outermost lifts the fence",
     ("prepare", "outer scope", "FLR, in an inner scope", "outer scope", "firmware, in an inner scope",
      "done(verified)")))

WIDTH = 830  # of a page on GitHub: drawn one to one, so that letters keep their size there
LETTERS = 13
LEFT = 92  # of the first column
COLUMN = 118  # or less, where there are many
STAIR = 24
BAR = 20
LINE = 16  # of text
CHARACTER = 7  # the width of one

STYLE = """
  svg { --paper: #ffffff; --ink: #1f2328; --quiet: #59636e; --grid: #d1d9e0; --blocked: #0969da; --bad: #cf222e; }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #0d1117; --ink: #f0f6fc; --quiet: #9198a1; --grid: #3d444d; --blocked: #4493f8; --bad: #ff7b72; }
  }
  .paper { fill: var(--paper); }
  text { fill: var(--ink); font-family: -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
  .title { font-weight: 600; }
  .quiet { fill: var(--quiet); }
  .bad { fill: var(--bad); font-weight: 600; }
  .grid { stroke: var(--grid); stroke-width: 1; }
  .stairs { fill: none; stroke: var(--ink); stroke-width: 2.5; stroke-linejoin: round; }
  .step { fill: var(--ink); }
  .wrong { fill: none; stroke: var(--bad); stroke-width: 2.5; }
  .blocked { fill: var(--blocked); stroke: var(--blocked); stroke-width: 1.5; }
  .open { fill: var(--paper); stroke: var(--quiet); stroke-width: 1.5; stroke-dasharray: 4 3; }
  .exposed { fill: var(--paper); stroke: var(--bad); stroke-width: 2.5; stroke-dasharray: 6 3; }
  .on-blocked { fill: var(--paper); font-weight: 600; }
"""


class Step:
    """A line that a lesson prints, and what the device is like after it."""

    def __init__(self, words, depth, blocked):
        self.label, self.depth, self.blocked = words, depth, blocked
        self.bad = re.search(r"GOES THROUGH|EBUSY|fails|skipped|nothing to undo", words) is not None
        self.exposed = "GOES THROUGH" in words


def next_step(words, depth, blocked):
    stated = re.search(r", depth (\d)$", words)
    if stated:  # the library counts
        depth = int(stated[1])
    elif re.match(r"prepare: (DMA is blocked|blocked already)", words):
        depth, blocked = depth + 1, True
    elif words.startswith("done"):
        depth = depth - 1 if words.startswith("done:") else 0
        blocked = blocked and not words.endswith("goes through")
    return Step(words, depth, blocked)


class Scene:
    """Lines that belong together: a title, steps, and what is said at the end."""

    def __init__(self, title):
        self.title, self.steps, self.end = title, [], []


def scenes(lines):
    found, depth, blocked = [], 0, False
    for line in lines:
        if line.startswith("  "):
            found[-1].steps.append(next_step(line.strip(), depth, blocked))
            depth, blocked = found[-1].steps[-1].depth, found[-1].steps[-1].blocked
        elif re.search(r"\banswers?\b|^afterwards", line):
            found[-1].end.append(line)
        else:  # another device
            found.append(Scene(line))
            depth, blocked = 0, False
    return found


def text(x, y, words, kind="", anchor="start"):
    return (f'<text x="{x:.1f}" y="{y:.1f}" font-size="{LETTERS}" class="{kind}" text-anchor="{anchor}">'
            f"{escape(words)}</text>")


def line(x1, y1, x2, y2, kind):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{kind}"/>'


def label_of(step, column):
    """Without what the stairs and the bar show."""
    short = re.sub(r", depth \d$", "", step.label)
    short = re.sub(r": DMA (is blocked|goes through|stays blocked)$|, and DMA is blocked$", "", short)
    return textwrap.wrap(short, int((column - 12) / CHARACTER))


def draw_bar(scene, top, column):
    """One piece for each stretch in which DMA is blocked, goes through, or goes through where it must not."""
    pieces = []
    for i, step in enumerate(scene.steps):
        if pieces and pieces[-1][2] == step.blocked:
            pieces[-1][1] = i + 1
            pieces[-1][3] |= step.exposed
        else:
            pieces.append([i, i + 1, step.blocked, step.exposed])
    drawn = [text(LEFT - 10, top + BAR - 5.5, "DMA", "quiet", "end")]
    for first, last, blocked, exposed in pieces:
        x, width = LEFT + first * column, (last - first) * column - 3
        box = "blocked" if blocked else "exposed" if exposed else "open"
        drawn.append(f'<rect x="{x:.1f}" y="{top}" width="{width:.1f}" height="{BAR}" rx="2" class="{box}"/>')
        words = "blocked" if blocked else "goes through" if width > 90 else "open"
        kind = "on-blocked" if blocked else "bad" if exposed else "quiet"
        drawn.append(text(x + width / 2, top + BAR - 5.5, words, kind, "middle"))
    return drawn


def draw_scene(scene, top):
    deepest = max(1, *(step.depth for step in scene.steps))
    drawn = [text(8, top + LINE, scene.title, "title")]
    floor = top + 2 * LINE + deepest * STAIR
    column = min(COLUMN, (WIDTH - LEFT - 8) / len(scene.steps))
    right = LEFT + len(scene.steps) * column
    for depth in range(deepest + 1):
        y = floor - depth * STAIR
        drawn += [line(LEFT, y, right, y, "grid"),
                  text(LEFT - 10, y + 4.5, f"depth {depth}" if depth else "no reset", "quiet", "end")]

    points, depth = [f"{LEFT:.1f},{floor:.1f}"], 0
    for i, step in enumerate(scene.steps):
        x = LEFT + i * column + 8
        points += [f"{x:.1f},{floor - depth * STAIR:.1f}", f"{x:.1f},{floor - step.depth * STAIR:.1f}"]
        depth = step.depth
    points.append(f"{right:.1f},{floor - depth * STAIR:.1f}")
    drawn.append(f'<polyline points="{" ".join(points)}" class="stairs"/>')

    bar = floor + 12
    drawn += draw_bar(scene, bar, column)
    below = bar + BAR
    lines = 0
    for i, step in enumerate(scene.steps):
        x, y = LEFT + i * column + 8, floor - step.depth * STAIR
        if step.bad:
            drawn.append(f'<path d="M{x - 5:.1f},{y - 5}l10,10m0,-10l-10,10" class="wrong"/>')
        else:
            drawn.append(f'<circle cx="{x:.1f}" cy="{y}" r="4" class="step"/>')
        label = label_of(step, column)
        lines = max(lines, len(label))
        kind = "bad" if step.bad else ""
        drawn += [text(x - 6, below + (n + 1) * LINE, words, kind) for n, words in enumerate(label)]
    bottom = below + lines * LINE + 4
    for n, words in enumerate(scene.end):
        drawn.append(text(LEFT + 2, bottom + (n + 1) * LINE, words, "quiet"))
    return drawn, bottom + len(scene.end) * LINE + 14


def drawing_of(found, title, says):
    drawn, y = [], 4
    for scene in found:
        if not scene.steps:
            raise SystemExit(f"'{scene.title}' has no steps")
        more, y = draw_scene(scene, y)
        drawn += more
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y}" viewBox="0 0 {WIDTH} {y}" role="img">',
        f"<title>{escape(title)}</title>", f"<desc>{escape(says)}</desc>", f"<style>{STYLE}</style>",
        f'<rect width="{WIDTH}" height="{y}" class="paper"/>', *drawn, "</svg>", ""])


def lines_of(folder, lesson):
    return (folder / f"{lesson}.txt").read_text(encoding="utf-8").splitlines()


def draw_lesson(folder, lesson):
    lines = lines_of(folder, lesson)
    title = f"How deep the resets of lesson {lesson[:2]} are nested, and when DMA is blocked"
    return drawing_of(scenes(lines), title, ". ".join(line.strip() for line in lines))


def draw_front_page(folder):
    chosen = []
    for lesson, title, new_title, labels in FRONT_SCENES:
        scene = next(scene for scene in scenes(lines_of(folder, lesson)) if scene.title == title)
        scene.title, scene.end = new_title, []
        for step, label in zip(scene.steps, labels, strict=True):
            step.label = label
        chosen.append(scene)
    says = ". ".join(f"{scene.title}: " + ", then ".join(step.label for step in scene.steps) for scene in chosen)
    return drawing_of(chosen, "An FLR inside another reset: how deep it is nested, and when DMA is blocked", says)


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in ("--check", "--update"):
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[2])
    drawings = {lesson: draw_lesson(folder, lesson) for lesson in LESSONS} | {FRONT_PAGE: draw_front_page(folder)}
    for name, drawing in drawings.items():
        picture = folder / "pictures" / f"{name}.svg"
        if sys.argv[1] == "--update":
            picture.parent.mkdir(exist_ok=True)
            picture.write_text(drawing, encoding="utf-8")
        elif not picture.is_file() or picture.read_text(encoding="utf-8") != drawing:
            sys.exit(f"{picture} is not what the lesson prints: tests/docs/pictures.py --update {folder}")


if __name__ == "__main__":
    main()
