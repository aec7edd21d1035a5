"""The results as Markdown tables. Everybody appears with its best setting in each cell; the JSON file has them all."""

from material import NETWORKS

READING = "time, times as long as DuetML: the median of the ratios within a round, and their quartiles"


def best(cell):
    """{who: row} with the setting that was fastest in this cell; who failed in every setting has a failure."""
    chosen = {}
    for row in cell["rows"]:
        other = chosen.get(row["who"])
        if other is None or "failure" in other or ("ms" in row and row["ms"] < other["ms"]):
            chosen[row["who"]] = row
    return chosen


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def time_and_ratio(row, own=False):
    if row is None:
        return "–"
    if "failure" in row:
        return "not measured"
    if own:
        return f"**{number(row['ms'])} ms**"
    low, high = row["ratio_quartiles"]
    return f"{number(row['ms'])} ms, {row['ratio']:.2f}x ({low:.2f}–{high:.2f})"


def number(value):
    return f"{value:.2f}" if value < 100 else f"{value:.0f}"


def networks(part):
    text = []
    names = list(dict.fromkeys(row["who"] for cell in part["cells"] for row in cell["rows"]))
    for network in dict.fromkeys(cell["network"] for cell in part["cells"]):
        cells = [cell for cell in part["cells"] if cell["network"] == network]
        head = [NETWORKS[network]] + [
            f"{'1 photo' if cell['batch'] == 1 else str(cell['batch']) + ' photos'}, "
            f"{cell['threads']} thread{'s' if cell['threads'] > 1 else ''}" for cell in cells]
        chosen = [best(cell) for cell in cells]
        rows = [[name] + [time_and_ratio(one.get(name), name == "DuetML") for one in chosen] for name in names]
        rows.append(["best peer"] + [summary(cell) for cell in cells])
        text.append(table(head, rows))
    peaks = [f"{NETWORKS[network]}: {peak['share'] * 100:.0f} % of {peak['peak'] / 1e9:.0f} GFLOP/s ({peak['isa']})"
             for network, peak in part["peak"].items()]
    text.append("Share of the measured peak that one thread of DuetML reaches: " + "; ".join(peaks) + ".")
    if part["differences_to_pytorch"]:
        text.append("Largest difference of a feature from PyTorch's reference: " + "; ".join(
            f"{NETWORKS[name]} {value:.1e}" for name, value in part["differences_to_pytorch"].items()) + ".")
    used = [f"- {name}, {setting}: {words}." for name, ways in part["settings"].items()
            for setting, words in ways.items()]
    return "\n\n".join(text + ["Settings that were tried; the table shows the fastest of each cell:", "\n".join(used)])


def summary(cell):
    """The nearest peer, and onnxruntime's default where it stands for itself."""
    peers = [row for row in cell["rows"][1:] if "ratio" in row]
    if not peers:
        return "–"
    nearest = min(peers, key=lambda row: row["ratio"])
    return f"{nearest['ratio']:.2f}x ({nearest['who']}, {nearest['setting']})"


def defaults(part):
    rows = []
    for cell in part["cells"]:
        row = next((row for row in cell["rows"] if (row["who"], row["setting"]) == ("onnxruntime", "default")), None)
        if row and cell["batch"] > 1:
            threads = f"{cell['threads']} thread{'s' if cell['threads'] > 1 else ''}"
            rows.append([NETWORKS[cell["network"]], threads, time_and_ratio(row)])
    return table(["32 photos", "", "onnxruntime, default"], rows) if rows else ""


def files(part):
    rows = []
    for cell in part["cells"]:
        own = cell["rows"][0]
        if "ms" not in own:
            rows.append([NETWORKS[cell["network"]], cell["photos"], str(cell["threads"]), own["failure"], "", ""])
            continue
        values = {row["setting"]: row for row in cell["rows"][1:]}
        values = {setting: {**row, "ms": row["ms"] / cell["count"]} if "ms" in row else row
                  for setting, row in values.items()}  # a photo, not the whole set
        rows.append([
            NETWORKS[cell["network"]], cell["photos"], str(cell["threads"]), f"**{own['ms'] / cell['count']:.2f} ms**",
            time_and_ratio(values.get("full")), time_and_ratio(values.get("draft"))])
    return table(["", "photos", "threads", "DuetML, a photo", "Pillow (all pixels) + onnxruntime",
                  "Pillow (draft) + onnxruntime"], rows)


def training(part):
    rows = []
    for cell in part["cells"]:
        for row in cell["rows"][1:]:
            own = time_and_ratio(cell["rows"][0], True)
            rows.append([str(cell["photos"]), own, row["setting"], time_and_ratio(row)])
    return table(["photos, 10 categories", "DuetML, calibration included", "", "SVC(probability=True)"], rows)


def markdown(results):
    """The whole page."""
    machine = results["machine"]
    text = ["# DuetML and its peers", "Written by `script/bench-peers`; how it measures: docs/performance.md.",
            f"{results['date']}; {machine['processor']}, {machine['cores']} cores, {', '.join(machine['vectors'])}; "
            f"load {results['load']['before']:.1f} before, {results['load']['after']:.1f} after; "
            f"{results['minutes']:.1f} minutes."]
    if results["quick"]:
        text.append("**A quick look: few rounds, short measurements. Not to be quoted.**")
    text.append(", ".join(f"{name} {version}" for name, version in results["versions"].items()) + ".")
    text.append(f"Read a cell as: {READING}. Above 1, DuetML is faster. f32 everywhere.")
    titles = {"networks": "Networks on crops", "files": "From file to features", "training": "Training"}
    for part, title in titles.items():
        if results.get(part):
            text += [f"## {title}", globals()[part](results[part])]
            if part == "networks":
                text.append(defaults(results[part]))
    if results["missing"]:
        text += ["## Not measured", "\n".join(f"- {name}: {reason}" for name, reason in results["missing"].items())]
    return "\n\n".join(part for part in text if part) + "\n"
