"""Print installed packages whose files are missing or cut short; exit 1 when there are any.

`python bin/find_broken.py [NAME...]` looks at the named packages only, and counts an absent one as broken.
"""

import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution, distributions
from pathlib import Path


def is_whole(package: Distribution) -> bool:
    """Whether every file of the package's own record is there in its recorded size."""
    if not package.files or not package.metadata["Name"]:
        return False
    for file in package.files:
        # pip writes scripts and caches itself; only files that came in the wheel carry a size.
        if file.size is not None and not _has_size(Path(str(package.locate_file(file))), file.size):
            return False
    return True


def _has_size(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False


def broken(names: list[str]) -> list[str]:
    """Return `name==version` of every package that is not whole."""
    absent: list[str] = []
    packages = _named(names, absent) if names else distributions()
    incomplete = (package for package in packages if not is_whole(package))
    return sorted([*absent, *(f"{package.metadata['Name']}=={package.version}" for package in incomplete)])


def _named(names: list[str], absent: list[str]) -> list[Distribution]:
    packages = []
    for name in names:
        try:
            packages.append(distribution(name))
        except PackageNotFoundError:
            absent.append(name)
    return packages


if __name__ == "__main__":
    listed = broken(sys.argv[1:])
    sys.stdout.write("".join(f"{line}\n" for line in listed))
    sys.exit(1 if listed else 0)
