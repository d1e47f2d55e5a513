"""The screen as a picture for documents."""

import io
from pathlib import Path

from rich.console import Console, RenderableType
from rich.padding import Padding

PICTURE_WIDTH, PICTURE_HEIGHT = 150, 36
# Rich's own frame loads fonts from elsewhere; a picture in a document should load nothing.
_SVG = """<svg viewBox="0 0 {terminal_width} {terminal_height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, "DejaVu Sans Mono", Menlo, monospace;
  font-size: {char_height}px; line-height: {line_height}px; }}
{styles}
</style>
<defs>{lines}</defs>
<rect fill="#0c0c10" width="100%" height="100%" rx="8"/>
{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g>
</svg>
"""


def draw_picture(content: RenderableType, path: Path) -> None:
    """Write `content`, as a terminal shows it, into an SVG file."""
    console = Console(
        record=True, width=PICTURE_WIDTH, force_terminal=True, color_system="truecolor", file=io.StringIO()
    )
    console.print(Padding(content, 1))
    console.save_svg(str(path), title="", code_format=_SVG, unique_id="demo")
