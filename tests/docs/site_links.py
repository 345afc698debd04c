#!/usr/bin/env python3
"""Each link of the site that docs/build.sh makes leads to a file of it and to an anchor there, or to a web address; and
nothing is fetched from the web.

site_links.py FOLDER
"""

import html.parser
import os
import pathlib
import re
import sys
import urllib.parse


class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.anchors, self.links, self.fetched = set(), [], []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        attributes = {name: value or "" for name, value in attributes}
        self.anchors.update(attributes[name] for name in ("id", "name") if name in attributes)
        if "src" in attributes:
            self.fetched.append(attributes["src"])
        if "href" in attributes:
            (self.fetched if tag == "link" else self.links).append(attributes["href"])


def wrong_links(path, pages, site):
    page = pages[path]
    for target in page.links + page.fetched:
        if re.match(r"[a-z]+:", target):
            if target.startswith(("http:", "https:")) and target in page.fetched:
                yield f"{target} is fetched from the web"
            continue
        file, _, anchor = target.partition("#")
        file = urllib.parse.unquote(file)
        to = pathlib.Path(os.path.normpath(path.parent / file)) if file else path
        if not to.is_relative_to(site):
            yield f"{target} leads out of the site"
        elif not to.is_file():
            yield f"{target}: there is no such file"
        elif anchor and to in pages and urllib.parse.unquote(anchor) not in pages[to].anchors:
            yield f"{target}: there is no such anchor"


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    site = pathlib.Path(sys.argv[1]).resolve()
    pages = {path: Page(path) for path in sorted(site.rglob("*.html"))}
    links = sum(len(page.links) for page in pages.values())
    wrong = [f"{path.relative_to(site)}: {what}" for path in pages for what in wrong_links(path, pages, site)]
    if site / "index.html" not in pages:
        sys.exit(f"there is no {site / 'index.html'}")
    if wrong:
        sys.exit("\n".join([f"{len(wrong)} links lead nowhere:", *wrong[:30]]))
    print(f"{len(pages)} pages, {links} links")


if __name__ == "__main__":
    main()
