"""Words as people type them: folding, Devanagari in Latin letters, and keys under which spellings meet."""

import re
import unicodedata
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
    key = latin(fold(word))
    for pattern, replacement in _ASPIRATED if "h" in key else ():
        key = pattern.sub(replacement, key)
    key = key.replace("ck", "k").replace("q", "k").replace("x", "ks").replace("z", "j").replace("w", "v")
    for pattern, replacement in _VOWELS_AS_ONE if _SEVERAL_VOWELS.search(key) else ():
        key = pattern.sub(replacement, key)
    if "h" in key:
        key = _SILENT_H.sub("", key)
    return _DOUBLES.sub(r"\1", key[:1] + key[1:].replace("a", ""))


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """The first letter and the consonants after it, without doubles: what is left when vowels are dropped.

    >>> skeleton("chocolate"), skeleton("chclt"), skeleton("nagar")
    ('chclt', 'chclt', 'ngr')
    """
    return _DOUBLES.sub(r"\1", word[:1] + _without_vowels(word[1:]))


def _without_vowels(word: str) -> str:
    return word.replace("a", "").replace("e", "").replace("i", "").replace("o", "").replace("u", "")


_SOFT_C, _SOFT_G = re.compile(r"c(?=[eiy])"), re.compile(r"g(?=[eiy])")
_LETTER_NAMES = dict(zip(
    "ए बी सी डी ई एफ जी एच आई जे के एल एम एन ओ पी क्यू आर एस टी यू वी डब्ल्यू एक्स वाई जेड".split(),
    "abcdefghijklmnopqrstuvwxyz", strict=True,
))  # fmt: skip


@lru_cache(maxsize=65536)
def loan(word: str) -> str:
    """A key under which an English word and its Devanagari spelling meet: the consonants as they sound.

    >>> loan("केबल") == loan("cable"), loan("ट्रफल") == loan("truffle"), loan("चार्जर") == loan("charger"), loan("सी")
    (True, True, True, 'c')
    """
    if word in _LETTER_NAMES:
        return _LETTER_NAMES[word]
    key = latin(fold(word)).replace("ch", "C")
    key = (_SOFT_C.sub("s", key) if "c" in key else key).replace("c", "k")
    key = (_SOFT_G.sub("j", key) if "g" in key else key).replace("ph", "f").replace("sh", "s").replace("tio", "s")
    key = key.replace("x", "ks").replace("q", "k").replace("z", "j").replace("w", "v")
    return _DOUBLES.sub(r"\1", key[:1] + _without_vowels(key[1:].replace("h", "").replace("y", "")))


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
