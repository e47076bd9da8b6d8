"""What to do: this room can be called, so that `comporta.plan(case)` plans a case."""

import sys
from types import ModuleType
from typing import Any


class _Room(ModuleType):
    """A room is a module; calling it does what it is for."""

    def __call__(self, *given: Any, **named: Any) -> Any:
        from comporta.plan.plan import plan

        return plan(*given, **named)


sys.modules[__name__].__class__ = _Room
