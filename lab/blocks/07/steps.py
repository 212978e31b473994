from importlib import import_module


def repaired():
    """Return the rows of the generator, its line breaks restored, for a title with a comma and a quotation mark."""
    import csv
    import io

    title, author, published = 'Emma, "revised"', "Jane Austen", "1815-12-23"
    row = f"{title},{author},{published}\n"
    (found,) = csv.reader(io.StringIO(row))
    return "" if found == [title, author, published] else f"{len(found)} columns instead of 3: {row.strip()}"


def whole():
    """Return the block without what stands above it in context, the line breaks taken out of its strings."""
    from pathlib import Path

    text = Path("performance.py").read_text(encoding="utf-8")
    return text[text.index("import asyncio\nfrom fastapi import BackgroundTasks") :].replace('\n"\n', '"\n')


def syntax():
    compile(whole(), "performance.py", "exec")


def names():
    """Run the block with its last bracket put right too."""
    exec(whole().rstrip().removesuffix("}") + ")\n", {})


def steps(take):
    take.expect("a title with a comma stays in its column", repaired)
    take.expect("once its strings are whole, it is Python", syntax)
    take.expect("once it is Python, its names are there", names)
    take.run("performance.py is imported", lambda: import_module("performance"))
