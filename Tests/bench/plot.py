"""A plot of a soak as SVG: four panels over time."""

WIDTH, HEIGHT, LEFT, TOP = 860, 150, 70, 40
COLOURS = {"producer": "#2a6f97", "analyzer": "#c8553d", "median": "#3d7a3d", "99th": "#8f8f8f"}
PANELS = [
    ("memory, MB", [("producer", "producer kB", 1 / 1024), ("analyzer", "analyzer kB", 1 / 1024)]),
    ("open files", [("producer", "producer files", 1), ("analyzer", "analyzer files", 1)]),
    ("journal, MB", [("producer", "producer journal MB", 1), ("analyzer", "analyzer journal MB", 1)]),
    ("latency, ms", [("median", "median ms", 1), ("99th", "99th ms", 1)]),
]


def svg(rows, title):
    """The plot of rows that have `seconds` and the columns of the panels."""
    end = max(row["seconds"] for row in rows)
    parts = [f'<text x="{LEFT}" y="22" font-size="15">{title}</text>']
    for number, (label, lines) in enumerate(PANELS):
        top = TOP + number * (HEIGHT + 30)
        # Latencies have outliers: what a panel shows ends at the 99th of a hundred values.
        values = sorted(row[column] * scale for _, column, scale in lines for row in rows)
        most = values[min(len(values) - 1, int(0.99 * len(values)))] * 1.1 or 1
        parts.append(f'<text x="{LEFT}" y="{top + 12}" fill="#555">{label}</text>')
        parts.append(f'<path d="M{LEFT} {top + 18}V{top + HEIGHT}H{WIDTH - 10}" fill="none" stroke="#999"/>')
        for share in (0, 0.5, 1):
            y = top + HEIGHT - share * (HEIGHT - 24)
            parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" fill="#555">{most * share:.3g}</text>')
        for at, (name, column, scale) in enumerate(lines):
            points = " ".join(
                f"{LEFT + row['seconds'] / end * (WIDTH - LEFT - 10):.1f},"
                f"{top + HEIGHT - min(1.05, row[column] * scale / most) * (HEIGHT - 24):.1f}" for row in thin(rows))
            parts.append(f'<polyline points="{points}" fill="none" stroke="{COLOURS[name]}" stroke-width="1.4"/>')
            parts.append(f'<text x="{WIDTH - 170 + at * 85}" y="{top + 12}" fill="{COLOURS[name]}">{name}</text>')
    bottom = TOP + len(PANELS) * (HEIGHT + 30)
    parts.append(f'<text x="{WIDTH - 10}" y="{bottom - 12}" text-anchor="end" fill="#555">{end / 60:.0f} minutes</text>')
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{bottom}" viewBox="0 0 {WIDTH} {bottom}" '
            f'font-family="sans-serif" font-size="12">\n<rect width="100%" height="100%" fill="white"/>\n'
            + "\n".join(parts) + "\n</svg>\n")


def thin(rows, count=400):
    """At most so many of the rows, evenly."""
    step = max(1, len(rows) // count)
    return rows[::step]
