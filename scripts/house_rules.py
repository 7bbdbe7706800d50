"""Check the house rules over the files that are, or are about to be, committed.

Prints `path:line rule message` for each breach. A line that must break a rule says so and why:
`# house: allow <rule> - <reason>`.
"""

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from house import edge, imports, loose, messages, size, sql, words
from house.source import ALLOWED, Finding, Rule, Source, is_code

REPO = Path(__file__).resolve().parents[1]
RULES: tuple[Rule, ...] = (
    *imports.RULES,
    *sql.RULES,
    *edge.RULES,
    *size.RULES,
    *words.RULES,
    *loose.RULES,
    *messages.RULES,
)


def main() -> None:
    findings = list(check(committed(REPO)))
    for finding in findings:
        print(finding)
    if findings:
        raise SystemExit(f"{len(findings)} breaches of the house rules")


def committed(repo: Path) -> Iterator[Source]:
    """Every text file that git knows or would add."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(listed, cwd=repo, stdout=subprocess.PIPE, check=True).stdout.decode()
    for name in sorted(filter(None, names.split("\0"))):
        path = repo / name
        if path.is_file():
            try:
                yield Source(name, path.read_text(encoding="utf-8"))
            except UnicodeDecodeError:
                continue


def check(sources: Iterable[Source]) -> Iterator[Finding]:
    for source in sources:
        found = sorted({finding for rule in RULES for finding in rule.findings(source)})
        yield from (finding for finding in found if not source.permits(finding))
        yield from idle_permissions(source, found)


def idle_permissions(source: Source, found: list[Finding]) -> Iterator[Finding]:
    """A permission that nothing needs, or that gives no reason, is itself a breach."""
    if not is_code(source) or "house: allow" not in source.text:
        return
    needed = {(finding.line, finding.rule) for finding in found}
    for number, line in enumerate(source.lines, start=1):
        allowed = ALLOWED.search(line)
        if allowed and allowed[2] is None:
            yield Finding(source.path, number, "allow", f"say why: house: allow {allowed[1]} - reason")
        elif allowed and (number, allowed[1]) not in needed:
            yield Finding(source.path, number, "allow", f"nothing here breaks {allowed[1]}")


if __name__ == "__main__":
    main()
