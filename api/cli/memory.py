"""Python's garbage collector, told what a server knows: what is built at the start is kept to the end."""

import gc


def begin_start_up() -> None:
    """Collect nothing while modules, tables and patterns are built: none of it is garbage."""
    gc.disable()


def end_start_up() -> None:
    """Set aside what stands now, so that no collection during a request looks at it again, and collect as usual."""
    gc.collect()
    gc.freeze()
    gc.enable()
