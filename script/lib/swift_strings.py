"""swift_strings.py FILE...: the texts that people read, out of Swift sources, as C that xgettext understands.

Every `L("...")` and `LN("...", "...", n)` becomes a line of C that says where it came from. xgettext itself knows no
Swift: read as another language it trips over `\"""` and over interpolations. Literals may span lines, be joined with
`+`, and be written between three quotes; a text that is put together at run time cannot be translated and is refused.
"""
import json
import re
import sys

CALL = re.compile(r"(?<![\w.`])(LN?)\(")
SKIPPED = re.compile(r'//[^\n]*|/\*.*?\*/|#?"""(?:\\.|.)*?"""|"(?:\\.|[^"\\\n])*"', re.S)
SPACE = re.compile(r"(?:\s|//[^\n]*\n)*")
ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "0": "\0", "'": "'", "r": "\r"}


class NotALiteral(Exception):
    pass


def unescaped(body):
    def value(match):
        if match.group(1):
            return chr(int(match.group(1), 16))
        if match.group(2) not in ESCAPES:
            raise NotALiteral
        return ESCAPES[match.group(2)]
    return re.sub(r"\\(?:u\{([0-9a-fA-F]+)\}|(.))", value, body)


def literal(source, at):
    """The text of one literal, or of several joined with +, and where it ends."""
    at = SPACE.match(source, at).end()
    if source.startswith('"""', at):
        end = re.compile(r'(?:\\.|[^\\])*?"""', re.S).match(source, at + 3).end()
        lines = source[at + 3:end - 3].split("\n")[1:]
        margin = len(lines.pop())
        text = unescaped("\n".join(line[margin:] for line in lines).replace("\\\n", ""))
    elif source.startswith('"', at):
        end = re.compile(r'(?:\\.|[^"\\\n])*"').match(source, at + 1).end()
        text = unescaped(source[at + 1:end - 1])
    else:
        raise NotALiteral
    plus = SPACE.match(source, end).end()
    if source.startswith("+", plus):
        rest, end = literal(source, plus + 1)
        text += rest
    return text, end


def texts(source):
    """(line, function, [text]) of every call, in the order of the source. Strings and comments outside are skipped."""
    at = 0
    while True:
        call, skipped = CALL.search(source, at), SKIPPED.search(source, at)
        if call is None:
            return
        if skipped and skipped.start() < call.start():
            at = skipped.end()
            continue
        line = source.count("\n", 0, call.start()) + 1
        at = call.end()
        if re.search(r"\bfunc $", source[:call.start()]):
            continue
        try:
            first, at = literal(source, at)
            found = [first]
            if call.group(1) == "LN":
                found.append(literal(source, source.index(",", at) + 1)[0])
        except NotALiteral:
            raise SystemExit("line %d: %s( needs a text that is written out here" % (line, call.group(1)))
        yield line, call.group(1), found


def main(paths):
    for path in paths:
        with open(path, encoding="utf-8") as file:
            source = file.read()
        try:
            calls = list(texts(source))
        except SystemExit as error:
            raise SystemExit("%s, %s" % (path, error))
        for line, function, found in calls:
            quoted = ", ".join(json.dumps(text, ensure_ascii=False) for text in found if text)
            if quoted:
                print('#line %d "%s"\n%s(%s);' % (line, path, function, quoted))


if __name__ == "__main__":
    main(sys.argv[1:])
