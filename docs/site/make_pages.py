#!/usr/bin/env python3
"""Writes the project's pages as HTML, with each file that they link to: a site that needs no network.

make_pages.py FOLDER

The folders in FOLDER are the project's: X.md becomes X.html, a folder's README.md its index.html, and a source file
X becomes X.html, a page with its lines. In addition:
  index.html           the start page, from start.html
  docs/slides.html     docs/slides.md as slides: each heading begins one
  docs/exercises.html  the exercises of the tutorial, without their answers, to be printed
Needs cmark-gfm, which renders Markdown as GitHub does, and dot (graphviz) for the diagrams in Mermaid's notation.
What stepper.html, campaign.html and reference/ are made by: docs/build.sh.
"""

import html
import os
import pathlib
import re
import shutil
import string
import subprocess
import sys
import textwrap

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TUTORIAL = ROOT / "examples/lessons/README.md"
SLIDES = ROOT / "docs/slides.md"
SHEET = "docs/exercises.html"

MENU = (("Start", "index.html"), ("Use", "README.html"), ("Learn", "examples/lessons/index.html"),
        ("Watch", "stepper.html"), ("Measure", "docs/cost.html"), ("Verify", "docs/verification.html"),
        ("Rules", "docs/rules.html"), ("Reference", "reference/index.html"))

FRAME = string.Template("""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
$style
</head>
<body class="$kind">
$body
</body>
</html>
""")


class Wrong(Exception):
    """One line that says what to mend."""


def run(command, text):
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


def plain(markup):
    return html.unescape(re.sub(r"<[^>]+>", "", markup)).strip()


# --- where a file of the project is in the site -----------------------------------------------------------------------

def copied_as_it_is(path):
    return path.suffix in (".svg", ".png", ".bin")


def address(path):
    """Of a file or folder of the project, from the site's folder."""
    name = path.relative_to(ROOT).as_posix()
    if path == ROOT or name == "README.md":  # index.html is the start page
        return "README.html"
    if path.is_dir():
        return f"{name}/index.html"
    if path.name == "README.md":
        return address(path.parent)
    if copied_as_it_is(path):
        return name
    return f"{name.removesuffix('.md')}.html"


def from_page(page, target):
    """A link from one address of the site to another."""
    return os.path.relpath(target, os.path.dirname(page) or ".")


def files_of(folder):
    return sorted(path for path in folder.iterdir()
                  if not path.name.startswith(".") and path.name not in ("build", "__pycache__"))


# --- from Markdown to HTML --------------------------------------------------------------------------------------------

def dot_of(mermaid):
    """The same graph in Graphviz's language. Of Mermaid, what the pages use: flowcharts and state diagrams."""
    kind, *lines = mermaid.strip().splitlines()
    labels, edges = {}, []
    for line in lines:
        state = re.fullmatch(r'\s*state "(.+)" as (\w+)', line)
        if state:
            labels[state[2]] = state[1]
            continue
        line, _, below = line.partition(" : ")
        nodes = re.findall(r'(\[\*\]|\w+)(?:\["([^"]+)"\])?(?= -|$)(?: --(?: ([^>]*?) --)?> )?', line.strip())
        labels.update((name, label) for name, label, _ in nodes if label)
        edges += [(one[0], other[0], one[2] or below) for one, other in zip(nodes, nodes[1:])]

    def name(node, is_source):
        return node if node != "[*]" else "start" if is_source else "end"

    def quoted(text):
        return '"' + text.replace('"', "'").replace("<br>", r"\n") + '"'

    drawn = [f"{name} [label={quoted(label)}];" for name, label in labels.items()]
    ends = {name(one, True) for one, _, _ in edges} | {name(other, False) for _, other, _ in edges}
    drawn += [f"{node} [shape={shape} label={quoted('')} width=0.2 height=0.2];"
              for node, shape in (("start", "circle"), ("end", "doublecircle")) if node in ends]
    drawn += [f"{name(one, True)} -> {name(other, False)} [label={quoted(label)}];" for one, other, label in edges]
    return "\n".join(["digraph {", "rankdir=LR;" if kind.endswith("LR") else "", "bgcolor=transparent;",
                      'node [shape=box style=rounded fontname="Helvetica" fontsize=13 height=0.35];',
                      'edge [fontname="Helvetica" fontsize=12];', *drawn, "}"])


def diagram(match):
    svg = run(["dot", "-Tsvg"], dot_of(html.unescape(match[1])))
    svg = re.sub(r'width="(\d+)pt" height="(\d+)pt"', r'width="\1" height="\2" role="img" aria-label="Diagram"',
                 svg[svg.index("<svg"):], count=1)
    return f'<div class="scroll diagram" tabindex="0">{re.sub("<!--.*?-->", "", svg, flags=re.DOTALL)}</div>'


def with_anchors(markup):
    """As GitHub makes them of headings."""
    seen = {}

    def with_anchor(match):
        anchor = re.sub(r"[^\w\- ]", "", plain(match[2]).lower()).replace(" ", "-")
        seen[anchor] = seen.get(anchor, -1) + 1
        number = f"-{seen[anchor]}" if seen[anchor] else ""
        return f'<h{match[1]} id="{anchor}{number}">{match[2]}</h{match[1]}>'

    return re.sub(r"<h([1-6])>(.*?)</h\1>", with_anchor, markup, flags=re.DOTALL)


def rendered(markdown):
    """What is wide scrolls in a box of its own."""
    markup = run(["cmark-gfm", "--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough"], markdown)
    markup = re.sub(r'<pre><code class="language-mermaid">(.*?)</code></pre>', diagram, markup, flags=re.DOTALL)
    markup = re.sub(r"<!-- .*? -->\n?", "", markup)
    markup = markup.replace("<th", '<th scope="col"').replace('<th scope="col"ead', "<thead")
    markup = markup.replace("<table>", '<div class="scroll" tabindex="0"><table>').replace("</table>", "</table></div>")
    markup = markup.replace("<pre>", '<pre tabindex="0">')
    markup = re.sub(r"<p>(<img [^>]+/?>)</p>", r'<div class="scroll picture" tabindex="0">\1</div>', markup)
    return with_anchors(markup)


def inlined(source, name, anchor):
    """A picture's style holds for it alone: in a page it would be that of all pictures."""
    svg = (source.parent / name).read_text(encoding="utf-8")
    svg = re.sub(r"(?<=<style>).*?(?=</style>)",
                 lambda style: re.sub(r"([^{}]+)(?=\{)", lambda rule: rule[0] if rule[0].strip().startswith("@") else
                                      f"\n  #{anchor} {rule[0].strip()} ", style[0]), svg, flags=re.DOTALL)
    svg = svg.replace("<svg ", '<svg preserveAspectRatio="xMinYMin" ', 1)
    svg = svg.replace("@media (prefers-color-scheme: dark)", "@media screen and (prefers-color-scheme: dark)")
    return f'<div class="scroll picture" tabindex="0" id="{anchor}">{svg}</div>'


class Site:
    def __init__(self, folder):
        self.folder = folder
        self.waiting, self.known = [], set()

    def need(self, path):
        if path not in self.known:
            self.known.add(path)
            self.waiting.append(path)

    def linked(self, markup, source, page):
        """The markup of `source` for the address `page`: its links lead to the site's pages, which are made as well."""

        def link(match):
            attribute, target = match[1], html.unescape(match[2])
            file, hash_sign, anchor = target.partition("#")
            if re.match(r"[a-z]+:", target) or file == "":
                return match[0]
            path = pathlib.Path(os.path.normpath(source.parent / file))
            if not path.exists():
                raise Wrong(f"{source.relative_to(ROOT)}: the link to '{target}' leads nowhere")
            self.need(path)
            return f'{attribute}="{html.escape(from_page(page, address(path)) + hash_sign + anchor)}"'

        return re.sub(r'\b(href|src)="([^"]*)"', link, markup)

    def write(self, page, title, body, kind="page", style=None):
        to = self.folder / page
        to.parent.mkdir(parents=True, exist_ok=True)
        if style is None:
            style = f'<link rel="stylesheet" href="{from_page(page, "site.css")}">'
        to.write_text(FRAME.substitute(title=html.escape(title), body=body, kind=kind, style=style), encoding="utf-8")

    def menu(self, page):
        links = (f'<a href="{from_page(page, target)}"{" aria-current=page" if target == page else ""}>{name}</a>'
                 for name, target in MENU)
        return f'<nav class="menu" aria-label="Site">\n{chr(10).join(links)}\n</nav>'

    def write_page(self, page, title, main, kind="page"):
        self.write(page, f"{title} - reset_guard", f"{self.menu(page)}\n<main>\n{main}\n</main>", kind)

    # --- the kinds of pages -------------------------------------------------------------------------------------------

    def make(self, path):
        page = address(path)
        if path.is_dir() or path.name == "README.md":
            self.make_folder(path if path.is_dir() else path.parent, page)
        elif path.suffix == ".md":
            self.make_markdown(path, page)
        elif copied_as_it_is(path):
            (self.folder / page).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, self.folder / page)
        else:
            self.make_source(path, page)

    def make_markdown(self, path, page):
        main = self.linked(rendered(path.read_text(encoding="utf-8")), path, page)
        heading = re.search(r"<h1[^>]*>(.*?)</h1>", main)
        self.write_page(page, plain(heading[1]) if heading else path.name, main)

    def make_folder(self, folder, page):
        readme = folder / "README.md"
        if readme.is_file():
            if folder == ROOT:
                self.make_markdown(readme, page)
                return
            main = rendered(f"{readme.read_text(encoding='utf-8')}\n\n## Files of this folder\n")
        else:
            main = f'<h1 class="folder-name">{html.escape(folder.relative_to(ROOT).as_posix())}</h1>\n'
        names = ((html.escape(path.name), "/" * path.is_dir()) for path in files_of(folder))
        items = "\n".join(f'<li><a href="{name}">{name}{slash}</a></li>' for name, slash in names)
        main = self.linked(f'{main}<ul class="files">\n{items}\n</ul>', readme, page)
        heading = re.search(r"<h1[^>]*>(.*?)</h1>", main)
        self.write_page(page, plain(heading[1]), main)

    def make_source(self, path, page):
        name = path.relative_to(ROOT).as_posix()
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        numbered = "\n".join(f'<span id="L{number}">{html.escape(line)}</span>' for number, line in enumerate(lines, 1))
        self.write_page(page, name, f'<h1 class="file-name">{html.escape(name)}</h1>\n'
                                    f'<pre class="source" tabindex="0"><code>{numbered}\n</code></pre>')

    def make_start(self):
        readme = rendered((ROOT / "README.md").read_text(encoding="utf-8"))
        sentence = re.match(r"(.*?[.])(?=\s|$)", plain(re.search(r"<p>(.*?)</p>", readme, re.DOTALL)[1]), re.DOTALL)[1]
        picture = re.sub('(<img src="([^"]+)"[^>]*>)', r'<a href="\2">\1</a>', re.search("<img [^>]+>", readme)[0])
        start = string.Template((HERE / "start.html").read_text(encoding="utf-8"))
        body = start.substitute(sentence=html.escape(" ".join(sentence.split())),
                                picture=self.linked(picture, ROOT / "README.md", "index.html"),
                                menu=self.menu("index.html"))
        self.write("index.html", "reset_guard", body, "start")

    def make_slides(self):
        """One file: style, script and pictures are in it."""
        page = address(SLIDES)
        main = rendered(SLIDES.read_text(encoding="utf-8"))
        pictures = re.findall(r'<div class="scroll picture".*?</div>', main)
        for number, picture in enumerate(pictures, 1):
            main = main.replace(picture, inlined(SLIDES, re.search('src="([^"]+)"', picture)[1], f"picture-{number}"))
        main = self.linked(main, SLIDES, page)
        slides = re.findall(r'<(h[12]) (id="[^"]+")>(.*?)(?=<h[12] |\Z)', main, re.DOTALL)
        sections = "\n".join(f'<section class="slide" {anchor}>\n<{tag}>{slide}</section>'
                             for tag, anchor, slide in slides)
        style = (HERE / "site.css").read_text(encoding="utf-8")
        script = (HERE / "slides.js").read_text(encoding="utf-8")
        self.write(page, f"{plain(slides[0][2].partition('</h1>')[0])} - slides",
                   f"<main>\n{sections}\n</main>\n<script>\n{script}</script>", "slides", f"<style>\n{style}</style>")

    def make_sheet(self):
        tutorial = TUTORIAL.read_text(encoding="utf-8")
        section = re.search(r"^## Exercises\n(.*?)^## ", tutorial, re.DOTALL | re.MULTILINE)
        if section is None:
            raise Wrong(f"{TUTORIAL.relative_to(ROOT)}: there is no section 'Exercises', which the sheet is made of")
        questions = re.sub(r"<details>.*?</details>", "", section[1], flags=re.DOTALL)
        parts = re.split(r"(?=^\*\*\d+\.\*\*)", questions, flags=re.MULTILINE)[1:]
        exercises = "\n".join(f'<section class="exercise">\n{rendered(part)}</section>' for part in parts)
        main = textwrap.dedent("""\
            <h1>A reset inside a reset: exercises</h1>
            <p class="name">Name: <span class="line"></span> Date: <span class="line"></span></p>
            """)
        self.write_page(SHEET, "Exercises", main + self.linked(exercises, TUTORIAL, SHEET), "sheet")

    def make_all(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(HERE / "site.css", self.folder / "site.css")
        self.make_start()
        self.make_slides()
        self.make_sheet()
        self.known.add(SLIDES)
        for path in (ROOT / "README.md", TUTORIAL, *(ROOT / "docs").glob("*.md")):
            self.need(path)
        while self.waiting:
            self.make(self.waiting.pop())


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    try:
        Site(pathlib.Path(sys.argv[1]).resolve()).make_all()
    except Wrong as wrong:
        sys.exit(str(wrong))
    except subprocess.CalledProcessError as error:
        sys.exit(f"{error.cmd[0]}: {error.stderr.strip()}")


if __name__ == "__main__":
    main()
