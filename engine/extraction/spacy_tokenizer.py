"""spaCy's tokenizer, without the rest of spaCy.

`import spacy` brings its pipelines, its training, its neural networks and its command line with an HTTP client: two
seconds of a new process. Here its package opens empty and fills itself when somebody asks for more of it.
"""

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType, NoneType, SimpleNamespace
from typing import Any

import numpy as np

# What the tokenizer and its document import for methods that are not called here.
_UNUSED = (
    "spacy.schemas", "spacy.scorer", "spacy.training", "srsly", "thinc", "thinc.api", "thinc.backends", "thinc.types",
    "thinc.util", "packaging.requirements", "packaging.specifiers", "packaging.version",
)  # fmt: skip
# What they do call of it: which library holds their arrays, the names of a token's attributes, an empty list packed.
_ANSWERS: dict[str, Callable[..., Any]] = {
    "get_current_ops": lambda: SimpleNamespace(xp=np),
    "get_array_module": lambda _: np,
    "msgpack_dumps": lambda _: b"\x90",
    "TokenPattern": lambda: SimpleNamespace(model_dump=lambda: {"orth": None}),
}


class _Rest(ModuleType):
    """A package of which some submodules are loaded; its own code runs when anything else is asked for."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the package holds
        spec = self.__spec__
        if name.startswith("__") and name != "__path__":
            raise AttributeError(name)
        self.__class__ = ModuleType  # type: ignore[assignment] # from now on a module like any other
        self.__path__ = list(spec.submodule_search_locations or ()) if spec else []
        _give_bases()
        if spec is not None and spec.loader is not None:
            spec.loader.exec_module(self)
        _give_names()
        return getattr(self, name)


class _Later(ModuleType):
    """Stands for a module while others that name it are loaded."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as above
        if name.startswith("__"):
            raise AttributeError(name)
        return _Name(self.__name__, name)


class _Name:
    """What was taken from a module that was not there yet: it stands for the real thing when it is used."""

    def __init__(self, module: str, name: str) -> None:
        self._module, self._name = module, name

    def real(self) -> Any:  # noqa: ANN401 - as above
        return getattr(import_module(self._module), self._name)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as above
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.real(), name)

    def __getitem__(self, key: object) -> "_Name":
        return self  # in an annotation

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as above
        is_there = not isinstance(sys.modules.get(self._module), _Later | NoneType)
        answer = None if is_there else _ANSWERS.get(self._name)
        return (answer or self.real())(*args, **kwargs)

    def __mro_entries__(self, _: tuple[object, ...]) -> tuple[type]:
        return (type(self._name, (_Base,), {"name": self}),)


class _Base:
    """A class that is not there yet; who derives from it gets the real one when it is."""

    name: _Name


def _loaded() -> Iterator[ModuleType]:
    return (module for name, module in list(sys.modules.items()) if name.partition(".")[0] == "spacy")


def _give_bases() -> None:
    """Derive spaCy's classes from the real ones."""
    for base in _Base.__subclasses__():
        for derived in base.__subclasses__():
            derived.__bases__ = (base.name.real(),)


def _give_names() -> None:
    """Let spaCy's modules have what they import."""
    for module in _loaded():
        for name, value in list(vars(module).items()):
            if isinstance(value, _Name):
                setattr(module, name, value.real())
            elif isinstance(value, _Later):
                setattr(module, name, import_module(value.__name__))


def _open() -> None:
    """Load the tokenizer's module; nothing happens where spaCy is there already."""
    spec = find_spec("spacy")
    if "spacy" in sys.modules or spec is None:
        return
    package = sys.modules["spacy"] = module_from_spec(spec)
    later = {name: _Later(name) for name in _UNUSED if name not in sys.modules}
    sys.modules.update(later)
    try:
        import_module("spacy.tokens")  # before the tokenizer, which it would otherwise meet half loaded
        import_module("spacy.tokenizer")
    finally:
        for name in later:
            del sys.modules[name]
    del package.__path__  # asked for by whoever imports more of it
    package.__class__ = _Rest


_open()

from spacy.tokenizer import Tokenizer  # noqa: E402 - the package has to be opened first
from spacy.vocab import Vocab  # noqa: E402

__all__ = ["Tokenizer", "Vocab"]
