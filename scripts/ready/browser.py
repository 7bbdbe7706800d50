"""The browser that the journeys drive, and a font for its Chinese."""

import platform
import shutil
import subprocess

from ready.commands import install_debian, is_debian, is_root, run, works
from ready.environment import fingerprint as environment
from ready.places import BIN


def provide() -> None:
    """Debian's package where it can be had; elsewhere the build that Playwright brings.

    Not Ubuntu's package: it only stands for a snap, which containers cannot run.
    """
    if is_debian() and is_root() and not (starts() and has_chinese_font()):
        install_debian("chromium", "fonts-noto-cjk")
    if not starts():
        with_libraries = ["--with-deps"] if platform.system() == "Linux" and is_root() else []
        run([str(BIN / "playwright"), "install", *with_libraries, "chromium"])


def starts() -> bool:
    return works("chromium", "--version")


def has_chinese_font() -> bool:
    """Without one the pages show boxes, and the pictures of the screens are of no use."""
    if shutil.which("fc-list") is None:
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], stdout=subprocess.PIPE, check=False).stdout.strip())


def fingerprint() -> str:
    return f"{shutil.which('chromium')}\n{environment()}"
