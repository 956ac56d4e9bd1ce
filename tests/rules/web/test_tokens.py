"""Every pair of tokens that meets on a page is told apart: text 4.5 to 1, shapes and edges 3 to 1, in both themes."""

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).resolve().parents[3] / "frontend/src/styles"
TOKENS = (STYLES / "tokens.css").read_text(encoding="utf-8")
GROUNDS = ("surface", "ground", "sunk", "hover", "accent-wash", "paper")
LIGHTS = ("ok", "due", "late", "over", "none")
WASHES = ("ok-bg", "late-bg", "over-bg")  # what was done, asked or refused is told upon them

TEXT = [
    *((ink, ground) for ink in ("ink", "ink-2", "muted", "link") for ground in GROUNDS),
    *((light, ground) for light in LIGHTS for ground in GROUNDS),
    *((light, f"{light}-bg") for light in LIGHTS),
    *(("on-light", light) for light in ("ok", "over")),
    *(("ink", wash) for wash in WASHES),
    *(("ink", mark) for mark in ("mark", "mark-now")),
    ("on-accent", "accent"),
    ("surface", "ink"),
    ("surface", "ink-2"),
    ("line-2", "ink"),
]
SHAPES = [
    *((shape, ground) for shape in ("edge", "accent", "focus", "late", "over", "ok") for ground in GROUNDS),
    *((seal, ground) for seal in ("seal", "mark-edge") for ground in ("surface", "ground")),
    *(("focus", wash) for wash in WASHES),
    ("accent", "line-2"),
    ("late", "line-2"),
    ("over", "line-2"),
    ("ink", "line-2"),
    ("mark-now", "ink"),
]


def tokens(selector: str) -> dict[str, str]:
    """The colours that the first rule of this selector sets."""
    block = TOKENS[TOKENS.index(f"{selector} {{") :].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block))


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


LIGHT, DARK = tokens(":root"), tokens('[data-theme="dark"]')


def test_black_on_white_is_twenty_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_told_from_its_ground(theme: dict[str, str]) -> None:
    weak = {pair: ratio for pair in TEXT if (ratio := round(contrast(theme[pair[0]], theme[pair[1]]), 2)) < 4.5}

    assert weak == {}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_shapes_are_told_from_their_ground(theme: dict[str, str]) -> None:
    weak = {pair: ratio for pair in SHAPES if (ratio := round(contrast(theme[pair[0]], theme[pair[1]]), 2)) < 3}

    assert weak == {}


def test_both_themes_name_the_same_colours() -> None:
    assert set(LIGHT) == set(DARK)


def test_the_system_dark_is_the_chosen_dark() -> None:
    assert tokens(":root:not([data-theme])") == DARK


def test_paper_resets_every_colour_that_dark_sets() -> None:
    printed = tokens('  [data-theme="dark"]')

    assert set(DARK) - set(printed) == {"focus"}


def test_no_style_names_a_colour_outside_the_tokens() -> None:
    named = re.compile(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(|:\s*(?:white|black|red)\b")
    found = {
        f"{path.name}: {line.strip()}"
        for path in STYLES.glob("*.css")
        if path.name != "tokens.css"
        for line in path.read_text(encoding="utf-8").splitlines()
        if named.search(re.sub(r"url\([^)]*\)", "", line))
    }

    assert found == set()


def test_no_style_uses_what_old_browsers_do_not_know() -> None:
    young = re.compile(r"color-mix|:has\(|:is\(|:where\(|light-dark\(|oklch|(?<!-)\binset:|aspect-ratio")
    found = {
        path.name
        for path in STYLES.glob("*.css")
        if young.search(re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL))
    }

    assert found == set()


def test_every_token_that_a_style_uses_is_there() -> None:
    styles = "".join(path.read_text(encoding="utf-8") for path in STYLES.glob("*.css"))

    assert set(re.findall(r"var\((--[\w-]+)", styles)) - set(re.findall(r"(--[\w-]+)\s*:", styles)) == set()
