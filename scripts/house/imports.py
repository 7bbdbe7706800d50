"""The direction of imports between the packages of the product."""

import ast
from collections.abc import Iterator

from house.source import Rule, Source, is_product

ORDER = (
    "base", "db", "jobs", "fields", "blueprint", "query", "access", "identity", "records", "relay", "intake",
    "rules", "insight", "connect", "standard", "synthetic", "upkeep", "api",
)  # fmt: skip
ROOT = ("settings", "hooks", "tasks", "app", "cli", "commands", "__main__")


def downwards_only(source: Source) -> Iterator[tuple[int, str]]:
    """A package imports those before it in the order; only the root files import everything."""
    importer = package_of(source)
    if importer in ROOT or importer == "__init__":
        return
    if importer not in ORDER:
        yield 1, f"{importer} is not in the order of packages; a new one needs a decision record"
        return
    for line, imported in imports(source):
        if imported in ROOT:
            yield line, f"{importer} imports the root file {imported}"
        elif imported in ORDER and ORDER.index(imported) > ORDER.index(importer):
            yield line, f"{importer} imports {imported}, which stands above it"


def package_of(source: Source) -> str:
    return (source.inner or "").split("/")[0].removesuffix(".py")


def imports(source: Source) -> Iterator[tuple[int, str]]:
    """The line of each import from the product, and the package or root file that it names."""
    for node in source.nodes:
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            origin = absolute(source, node)
            modules = [f"{origin}.{alias.name}" for alias in node.names] if origin == "jieli" else [origin]
        else:
            continue
        for module in modules:
            top, _, rest = module.partition(".")
            if top == "jieli" and rest:
                yield node.lineno, rest.split(".")[0]


def absolute(source: Source, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    folders = source.path.removeprefix("src/").split("/")[: -node.level]
    return ".".join([*folders, *([node.module] if node.module else [])])


RULES = (Rule("import-direction", is_product, downwards_only),)
