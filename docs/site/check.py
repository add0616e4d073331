"""What `make docs` has made, as a reader meets it: all of the header is there, links lead somewhere,
and no Markdown was left over.

    check.py <folder of the pages> <bindings/api.json>
"""

from __future__ import annotations

import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

# What a person must not see outside code.
LEFT_OVER = re.compile(
    r"\*\*|`|\]\(|\|\s*-{3}|^#{1,6} |@(param|return|note|since)\b|<!--|&(lt|gt|amp);", re.MULTILINE
)
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Page(HTMLParser):
    """One page, taken apart."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.ids: list[str] = []
        self.links: list[str] = []
        # What follows each heading, up to the next one: its text, and its code apart.
        self.sections: dict[str, dict[str, str]] = {}
        self.prose = ""
        self._open: list[str] = []
        self._section: dict[str, str] | None = None
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self._open.append(tag)
        given = {name: value or "" for name, value in attributes}
        if "id" in given:
            self.ids.append(given["id"])
        if "main" in self._open and re.fullmatch("h[1-6]", tag):
            self._section = self.sections.setdefault(given.get("id", ""), {"text": "", "code": ""})
        self.links += [given[name] for name in ("href", "src") if given.get(name)]

    def handle_endtag(self, tag: str) -> None:
        # HTML leaves out ends of paragraphs and list items.
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "main" not in self._open or "script" in self._open or "style" in self._open:
            return
        is_code = "code" in self._open
        if not is_code:
            self.prose += data
        if self._section is not None:
            self._section["text"] += data
            if is_code:
                self._section["code"] += data + "\n"


def misses_of_function(function: dict, section: dict[str, str] | None) -> list[str]:
    """What the entry of a function lacks."""
    name = function["name"]
    if section is None:
        return [f"{name} has no entry"]
    text, code = section["text"], section["code"]
    wanted = [name + "(", "Threads", "Since " + function["since"], *function["statuses"]]
    if function["returns"]["cType"] != "void":
        wanted.append("Returns")
    if any(it["name"] == "error" for it in function["parameters"]):
        wanted.append("Errors")
    for parameter in function["parameters"]:
        # In the list, which gives each a line of its own, beside the prototype.
        if not re.search(rf"^{parameter['name']}$", code, re.MULTILINE):
            wanted.append(f"the parameter {parameter['name']}")
        if parameter["nullable"]:
            wanted.append("ay be NULL")
        wanted += [it for it in (parameter["freedWith"],) if it]
    return [f"{name}: {it} is missing" for it in wanted if it not in text]


def all_of_the_header_is_there(pages: dict[Path, Page], root: Path, api: dict) -> list[str]:
    reference = root / "docs/reference"
    problems = []
    for function in api["functions"]:
        page = pages[reference / f"{function['section']}.html"]
        problems += misses_of_function(function, page.sections.get(function["name"]))
    for it in api["types"]:
        page = pages[reference / f"{it['section']}.html"]
        if it["name"].lower() not in page.sections:
            problems.append(f"{it['name']} has no entry")
    everything = "\n".join(
        page.prose + section["code"]
        for page in pages.values()
        for section in page.sections.values()
    )
    for constant in api["constants"]:
        short = constant["name"]
        if constant["group"]:
            prefix = re.sub(r"(?<!^)(?=[A-Z])", "_", constant["group"]).upper() + "_"
            short = short[len(prefix) :]
        if not re.search(rf"\b{short}\b", everything):
            problems.append(f"{constant['name']} is nowhere")
    return problems


def links_lead_somewhere(pages: dict[Path, Page]) -> list[str]:
    problems = []
    for page in pages.values():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = page.path
            if parts.path:
                target = (page.path.parent / unquote(parts.path)).resolve()
            if not target.exists():
                problems.append(f"{page.path}: {link} leads nowhere")
            elif parts.fragment and target.suffix == ".html":
                if unquote(parts.fragment) not in pages[target].ids:
                    problems.append(f"{page.path}: there is no such heading as in {link}")
    return problems


def no_markdown_is_left(pages: dict[Path, Page]) -> list[str]:
    problems = []
    for page in pages.values():
        for found in LEFT_OVER.finditer(page.prose):
            begin = max(found.start() - 40, 0)
            problems.append(f"{page.path}: {page.prose[begin : found.end() + 40]!r}")
    return problems


def anchors_are_unique(pages: dict[Path, Page]) -> list[str]:
    return [
        f"{page.path}: {name} is there {page.ids.count(name)} times"
        for page in pages.values()
        for name in sorted(set(page.ids))
        if page.ids.count(name) > 1
    ]


def search_finds_every_function(root: Path, api: dict) -> list[str]:
    [index] = root.glob("searchindex-*.js")
    text = index.read_text("utf-8")
    # Headings are found by their anchor.
    return [
        f"the search does not know {it['name']}"
        for it in api["functions"]
        if f'docs/reference/{it["section"]}.html#{it["name"]}"' not in text
    ]


def main() -> int:
    root, api = Path(sys.argv[1]).resolve(), json.loads(Path(sys.argv[2]).read_text("utf-8"))
    pages = {path: Page(path) for path in sorted(root.rglob("*.html"))}
    # The page for what is not found is served from anywhere, and the sidebar stands in a frame.
    for other in ("404.html", "toc.html"):
        pages.pop(root / other)
    checks = [
        ("all of the header is there", all_of_the_header_is_there(pages, root, api)),
        ("links lead somewhere", links_lead_somewhere(pages)),
        ("no Markdown is left", no_markdown_is_left(pages)),
        ("anchors are unique", anchors_are_unique(pages)),
        ("the search finds every function", search_finds_every_function(root, api)),
    ]
    links = sum(len(page.links) for page in pages.values())
    print(f"{len(pages)} pages, {links} links, {len(api['functions'])} functions")
    for name, problems in checks:
        print(f"{name}: {'as it should be' if not problems else ''}")
        for problem in problems[:20]:
            print(f"  {problem}")
    failed = sum(1 for _, problems in checks if problems)
    print(f"checked: {len(checks) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
