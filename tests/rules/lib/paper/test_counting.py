"""The labels of Word's number formats."""

import pytest

from bihuan.lib.paper.counting import label


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (3, "decimal", "3"),
        (3, "decimalZero", "03"),
        (10, "chineseCountingThousand", "十"),
        (12, "chineseCounting", "十二"),
        (21, "chineseCountingThousand", "二十一"),
        (105, "chineseCountingThousand", "一百零五"),
        (10_000, "chineseCountingThousand", "10000"),
        (20, "ideographDigital", "二〇"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (2, "ideographTraditional", "乙"),
        (11, "ideographTraditional", "11"),
        (3, "ideographZodiac", "寅"),
        (5, "decimalEnclosedCircleChinese", "⑤"),
        (21, "decimalEnclosedCircle", "㉑"),
        (2, "decimalEnclosedParen", "⑵"),
        (12, "decimalFullWidth", "\uff11\uff12"),
        (14, "upperRoman", "XIV"),
        (4, "lowerRoman", "iv"),
        (4000, "upperRoman", "4000"),
        (2, "upperLetter", "B"),
        (28, "lowerLetter", "bb"),
        (0, "lowerLetter", "0"),
        (4, "bullet", ""),
        (4, "none", ""),
        (4, "a form of tomorrow", "4"),
    ],
)
def test_a_label_is_written_as_word_writes_it(number: int, form: str, text: str) -> None:
    assert label(number, form) == text
