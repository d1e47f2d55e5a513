"""spaCy's tokenizer, without the rest of spaCy.

`import spacy` brings its pipelines, its training and its command line with an HTTP client: two seconds of a new
process. Here its package opens empty and fills itself when somebody asks for more of it.
"""

import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any

# What the tokenizer and its document import for methods that are not called here.
_UNUSED = ("spacy.scorer", "spacy.training", "srsly._yaml_api")


class _Rest(ModuleType):
    """A package of which some submodules are loaded; its own code runs when anything else is asked for."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the package holds
        spec = self.__spec__
        if name.startswith("__") and name != "__path__":
            raise AttributeError(name)
        self.__class__ = ModuleType  # type: ignore[assignment] # from now on a module like any other
        self.__path__ = list(spec.submodule_search_locations or ()) if spec else []
        if spec is not None and spec.loader is not None:
            spec.loader.exec_module(self)
        return getattr(self, name)


class _Later(ModuleType):
    """Stands for a module while others that name it are loaded."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as above
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is not self:
            return getattr(import_module(self.__name__), name)
        return _Name(self, name)


class _Name:
    """What was taken from a module that was not there yet: it stands for the real thing when it is used."""

    def __init__(self, module: _Later, name: str) -> None:
        self._module, self._name = module, name

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as above
        return getattr(getattr(self._module, self._name), name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as above
        return getattr(self._module, self._name)(*args, **kwargs)


def _open() -> None:
    """Load the tokenizer's module; nothing happens where spaCy is there already."""
    spec = find_spec("spacy")
    if "spacy" in sys.modules or spec is None:
        return
    package = sys.modules["spacy"] = module_from_spec(spec)
    sys.modules.update({name: _Later(name) for name in _UNUSED})
    try:
        import_module("spacy.tokens")  # before the tokenizer, which it would otherwise meet half loaded
        import_module("spacy.tokenizer")
    finally:
        for name in _UNUSED:
            del sys.modules[name]
    del package.__path__  # asked for by whoever imports more of it
    package.__class__ = _Rest


_open()

from spacy.tokenizer import Tokenizer  # noqa: E402 - the package has to be opened first
from spacy.vocab import Vocab  # noqa: E402

__all__ = ["Tokenizer", "Vocab"]
