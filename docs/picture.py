#!/usr/bin/env python3
"""Draws docs/picture.svg: the way from a text to a graph. Run: python3 docs/picture.py > docs/picture.svg"""

BOXES = [
    ("text", ["“2002年12月23日签署的", "《…友好合作条约》”"], "folded, cut into sentences"),
    ("mentions", ["Date 2002-12-23", "Instrument 《…条约》"], "lexicons and entity rules"),
    ("facts", ["条约 dateSigned", "2002-12-23"], "fact rules and position acts"),
    ("graph", ["one node a thing, one", "edge a fact, all evidence"], "many documents, merged"),
]
OUT = [("JSON", "graph.json"), ("RDF", "Turtle, N-Quads, …"), ("SPARQL", "query")]
W, H, GAP, TOP = 216, 118, 34, 40
WIDE = 20 + len(BOXES) * (W + GAP) + 150 + 10


def text(x, y, words, size, weight="normal", fill="#22303c"):
    return (f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{fill}" '
            f'text-anchor="middle">{words}</text>')


def arrow(x1, y1, x2, y2):
    return f'<path d="M{x1} {y1} L{x2} {y2}" stroke="#5b6b7a" stroke-width="2" fill="none" marker-end="url(#head)"/>'


def main():
    tall = TOP + H + 96
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {tall}" width="{WIDE}" height="{tall}" '
        'font-family="\'Noto Sans CJK SC\',\'Noto Sans SC\',\'PingFang SC\',\'Microsoft YaHei\',sans-serif" '
        'role="img" aria-label="From text to mentions to facts to a graph to JSON, RDF and SPARQL">',
        '<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" '
        'orient="auto"><path d="M0 0 L10 5 L0 10 z" fill="#5b6b7a"/></marker></defs>',
        f'<rect width="{WIDE}" height="{tall}" fill="#ffffff"/>',
    ]
    middle = TOP + H / 2
    for number, (name, lines, how) in enumerate(BOXES):
        x = 20 + number * (W + GAP)
        out.append(f'<rect x="{x}" y="{TOP}" width="{W}" height="{H}" rx="10" fill="#eef4fa" stroke="#2b6cb0" '
                   'stroke-width="1.5"/>')
        out.append(text(x + W / 2, TOP + 30, name, 18, "bold", "#1f4e79"))
        for row, line in enumerate(lines):
            out.append(text(x + W / 2, TOP + 62 + 24 * row, line, 15))
        out.append(text(x + W / 2, TOP - 14, how, 13, fill="#5b6b7a"))
        if number:
            out.append(arrow(x - GAP + 3, middle, x - 3, middle))
    x = 20 + len(BOXES) * (W + GAP)
    for number, (name, what) in enumerate(OUT):
        y = TOP - 22 + number * 58
        out.append(f'<rect x="{x}" y="{y}" width="150" height="48" rx="8" fill="#fdf6e3" stroke="#b7791f" '
                   'stroke-width="1.5"/>')
        out.append(text(x + 75, y + 21, name, 15, "bold", "#7b4a12"))
        out.append(text(x + 75, y + 39, what, 12, fill="#5b6b7a"))
        out.append(arrow(x - GAP + 3, middle, x - 3, y + 24))
    # The rules under the two stages that they run in.
    left, right = 20 + (W + GAP) + W / 2, 20 + 2 * (W + GAP) + W / 2
    y = TOP + H + 40
    out.append(f'<rect x="{left - 60}" y="{y}" width="{right - left + 120}" height="40" rx="8" fill="#eaf7ee" '
               'stroke="#2f855a" stroke-width="1.5"/>')
    out.append(text((left + right) / 2, y + 26, "rules/ : schema, lexicons, rules — data, not code", 15, "bold", "#22543d"))
    out.append(arrow(left, y - 2, left, TOP + H + 4))
    out.append(arrow(right, y - 2, right, TOP + H + 4))
    out.append("</svg>")
    print("\n".join(out))


main()
