"""The examples of the how-to guide."""

import re
from pathlib import Path

HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "put-a-cache-in-front.md"


def example(language: str, containing: str = "") -> str:
    """The one fenced block in ``language`` that has ``containing`` in it."""
    fences = re.findall(
        rf"^```{re.escape(language)}\n(.*?)^```$", HOW_TO.read_text("utf-8"), re.DOTALL | re.M
    )
    (found,) = [fence for fence in fences if containing in fence]
    return str(found)
