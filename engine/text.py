"""Words as people type them: folding, Devanagari in Latin letters, and keys under which spellings meet."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

# Devanagari letters in Latin ones, as Hinglish writers type them. Consonants carry an inherent "a".
_CONSONANTS = {
    **dict(zip("कखगघङचछजझञटठडढण", "k kh g gh n ch chh j jh n t th d dh n".split(), strict=True)),
    **dict(zip("तथदधनपफबभमयरलवशषसहळ", "t th d dh n p f b bh m y r l v sh sh s h l".split(), strict=True)),
    "क़": "k", "ख़": "kh", "ग़": "g", "ज़": "z", "ड़": "d", "ढ़": "dh", "फ़": "f",
}  # fmt: skip
_VOWELS = dict(zip("अआइईउऊऋएऐओऔऑऍ", "a aa i ee u oo ri e ai o au o e".split(), strict=True))
_SIGNS = dict(zip("ािीुूृेैोौॉॅ", "aa i ee u oo ri e ai o au o e".split(), strict=True))
_NASALS = {"ं": "n", "ँ": "n", "ः": "h"}
_NUKTA, _VIRAMA = "़", "्"

_ASPIRATED = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in ((r"chh?", "c"), (r"sh", "s"), (r"([tdbgkj])h", r"\1"), (r"ph", "f"))
)
_VOWELS_AS_ONE = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"ee|ea|ii|y(?![aeiou])", "i"), (r"oo|ou|uu", "u"), (r"ai|ei|ay|ey", "e"), (r"au|ao", "o"),
    )
)  # fmt: skip
_SEVERAL_VOWELS = re.compile(r"[aeiou]{2}|y")
_SILENT_H = re.compile(r"(?<=[aeiou])h(?![aeiou])")
_DOUBLES = re.compile(r"(.)\1+")
_INNER_A, _INNER_VOWEL, _INNER_SOFT = (re.compile(rf"(?<=.)[{letters}]+") for letters in ("a", "aeiou", "aeiouhy"))


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word without case, width, accents of Latin letters, nukta and invisible marks.

    >>> fold("Ｍ"), fold("CAFÉ"), fold("सफ़ेद") == fold("सफेद")
    ('m', 'cafe', True)
    """
    if word.isascii():
        return word.casefold()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    kept = [c for c in decomposed if c != _NUKTA and not _is_invisible(c) and not "\u0300" <= c <= "\u036f"]
    return unicodedata.normalize("NFC", "".join(kept))


def _is_invisible(char: str) -> bool:
    return unicodedata.category(char) == "Cf"


def is_devanagari(word: str) -> bool:
    """Whether a word holds Devanagari letters.

    >>> is_devanagari("लाल"), is_devanagari("laal")
    (True, False)
    """
    return not word.isascii() and any("\u0900" <= c <= "\u097f" for c in word)


@lru_cache(maxsize=65536)
def latin(word: str) -> str:
    """A Devanagari word in Latin letters, with the silent last "a" left out; other words as they are.

    >>> latin("दूध"), latin("साड़ी"), latin("चावल"), latin("milk")
    ('doodh', 'saadee', 'chaaval', 'milk')
    """
    if not is_devanagari(word):
        return word
    out: list[str] = []
    pending = ""  # the inherent vowel of the last consonant, unless a sign or a virama takes its place
    for char in unicodedata.normalize("NFC", word):
        if char in _CONSONANTS:
            out += [pending, _CONSONANTS[char]]
            pending = "a"
            continue
        if char == _NUKTA:
            continue
        if char in _SIGNS or char == _VIRAMA:
            out.append(_SIGNS.get(char, ""))
        else:
            out += [pending, _NASALS.get(char) or _VOWELS.get(char, char)]
        pending = ""
    return "".join(out)


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A key under which spellings of one Indic sound meet, in either script.

    >>> sound("doodh") == sound("dudh") == sound("दूध"), sound("cheeni") == sound("chini") == sound("चीनी")
    (True, True)
    """
    return _sounded(latin(fold(word)))


def sounds(words: Sequence[str]) -> list[str]:
    """The sound of each of many words, told of all at once: a hundred thousand in a tenth of a second."""
    return _of_each(words, _sounded)


def _sounded(text: str) -> str:
    """The sounds of words, one a line."""
    for pattern, replacement in _ASPIRATED if "h" in text else ():
        text = pattern.sub(replacement, text)
    text = text.replace("ck", "k").replace("q", "k").replace("x", "ks").replace("z", "j").replace("w", "v")
    for pattern, replacement in _VOWELS_AS_ONE if _SEVERAL_VOWELS.search(text) else ():
        text = pattern.sub(replacement, text)
    if "h" in text:
        text = _SILENT_H.sub("", text)
    return _DOUBLES.sub(r"\1", _INNER_A.sub("", text))


def _of_each(words: Sequence[str], keys_of: Callable[[str], str]) -> list[str]:
    """The key of each word, where `keys_of` tells those of a text of one word a line."""
    lines = [word.casefold() if word.isascii() else latin(fold(word)) for word in words]
    return keys_of("\n".join(lines)).split("\n") if lines else []


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """The first letter and the consonants after it, without doubles: what is left when vowels are dropped.

    >>> skeleton("chocolate"), skeleton("chclt"), skeleton("nagar")
    ('chclt', 'chclt', 'ngr')
    """
    return _bare(word)


def skeletons(words: Sequence[str]) -> list[str]:
    """The skeleton of each of many words, in Latin letters."""
    return _of_each(words, _bare)


def _bare(text: str) -> str:
    """The skeletons of words, one a line."""
    return _DOUBLES.sub(r"\1", _INNER_VOWEL.sub("", text))


_SOFT_C, _SOFT_G = re.compile(r"c(?=[eiy])"), re.compile(r"g(?=[eiy])")
_LETTER_NAMES = dict(zip(
    "ए बी सी डी ई एफ जी एच आई जे के एल एम एन ओ पी क्यू आर एस टी यू वी डब्ल्यू एक्स वाई जेड".split(),
    "abcdefghijklmnopqrstuvwxyz", strict=True,
))  # fmt: skip


@lru_cache(maxsize=65536)
def loan(word: str) -> str:
    """A key under which an English word and its Devanagari spelling meet: the consonants as they sound.

    >>> loan("केबल") == loan("cable"), loan("ट्रफल") == loan("truffle"), loan("किचन") == loan("kitchen"), loan("सी")
    (True, True, True, 'c')
    >>> loan("नाइट") == loan("night"), loan("लाइट") == loan("light")
    (True, True)
    """
    if word in _LETTER_NAMES:
        return _LETTER_NAMES[word]
    return _borrowed(latin(fold(word)))


def loans(words: Sequence[str]) -> list[str]:
    """The key of each of many words in Latin letters, told of all at once."""
    return _of_each(words, _borrowed)


def _borrowed(text: str) -> str:
    """The keys of words, one a line."""
    text = text.replace("tch", "C").replace("ch", "C").replace("igh", "i")
    text = (_SOFT_C.sub("s", text) if "c" in text else text).replace("c", "k")
    text = (_SOFT_G.sub("j", text) if "g" in text else text).replace("ph", "f").replace("sh", "s").replace("tio", "s")
    text = text.replace("x", "ks").replace("q", "k").replace("z", "j").replace("w", "v")
    return _DOUBLES.sub(r"\1", _INNER_SOFT.sub("", text))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A noun without its plural ending; short words stay.

    >>> stem("candles"), stem("boxes"), stem("berries"), stem("glass"), stem("plus")
    ('candle', 'box', 'berry', 'glass', 'plus')
    """
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("oes") and len(word) > 5:
        return word[:-2]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes", "sses", "zes")):
        return word[:-2]
    return word[:-1]
