"""How Chinese is read aloud."""

import subprocess
import sys

import pytest

from bihuan.lib import pinyin


def test_a_name_has_initials_a_spelling_and_each_character_its_readings() -> None:
    assert pinyin.initials("市水利局2") == "sslj2"
    assert pinyin.spelled("张三 3") == "zhangsan"
    assert {"hang", "xing"} <= pinyin.readings("行")


@pytest.mark.parametrize("asked", [(), ("pinyin.spelled('张三')",)], ids=["started", "asked"])
def test_the_dictionary_is_loaded_only_when_it_is_asked_for(asked: tuple[str, ...]) -> None:
    words = "; ".join(
        ["import sys", "from bihuan.lib import chinese, pinyin", *asked, "print('pypinyin' in sys.modules)"]
    )
    said = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)

    assert said.stdout.strip() == str(bool(asked))
