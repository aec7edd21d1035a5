"""Follows the pickle of a table of tensors, without running anything that is in it.

A PyTorch checkpoint file is a pickle, and Python's own unpickler runs whatever a pickle names. Here a small
stack machine follows the few opcodes that a table of tensors needs and refuses every other one, so the worst that a hostile file
can do is to be refused. What comes out says which numbers of which storage make up a tensor; `checkpoint` reads the
numbers themselves.
"""
import pickletools
import struct
from collections import namedtuple

ITEM_CODES = {"FloatStorage": "f", "DoubleStorage": "d", "HalfStorage": "e", "LongStorage": "q", "IntStorage": "i"}
"""The storages that are admitted, with the struct code of one item."""

Global = namedtuple("Global", "name")
Storage = namedtuple("Storage", "code key count")
Tensor = namedtuple("Tensor", "storage offset shape strides")


class CheckpointError(Exception):
    """What is wrong with the file, in words that finish the sentence "The file X ..."."""


ADMITTED = {"collections OrderedDict", "torch._utils _rebuild_tensor_v2", "torch._utils _rebuild_parameter"}
ADMITTED |= {"torch " + name for name in ITEM_CODES}

CONSTANTS = {"NONE": lambda: None, "NEWTRUE": lambda: True, "NEWFALSE": lambda: False,
             "EMPTY_DICT": dict, "EMPTY_LIST": list, "EMPTY_TUPLE": tuple}
LITERALS = {"BININT", "BININT1", "BININT2", "LONG1", "BINUNICODE", "SHORT_BINUNICODE", "BINFLOAT"}
MARK = object()


class TableOfTensors:
    """The stack machine. `read` consumes one pickle from `stream` and returns the value it describes."""

    def __init__(self, stream):
        self.stream = stream
        self.stack = []
        self.memo = {}

    def read(self):
        try:
            for opcode, argument, _ in pickletools.genops(self.stream):
                if opcode.name == "STOP":
                    return self.stack.pop()
                self.step(opcode.name, argument)
        except (ValueError, IndexError, KeyError, TypeError, struct.error, UnicodeDecodeError, OverflowError):
            pass
        raise CheckpointError("is damaged or cut off")

    def step(self, name, argument):
        if name in ("PROTO", "FRAME"):
            return
        if name in CONSTANTS:
            self.stack.append(CONSTANTS[name]())
        elif name in LITERALS:
            self.stack.append(argument)
        elif name in ("BINPUT", "LONG_BINPUT"):
            self.memo[argument] = self.stack[-1]
        elif name in ("BINGET", "LONG_BINGET"):
            self.stack.append(self.memo[argument])
        elif name == "MARK":
            self.stack.append(MARK)
        elif name == "GLOBAL":
            self.stack.append(admitted(argument))
        elif name in ("TUPLE", "TUPLE1", "TUPLE2", "TUPLE3"):
            self.stack.append(tuple(self.since_mark() if name == "TUPLE" else self.last(int(name[5]))))
        elif name in ("SETITEM", "SETITEMS"):
            self.set_items(self.last(2) if name == "SETITEM" else self.since_mark())
        elif name in ("APPEND", "APPENDS"):
            items = self.last(1) if name == "APPEND" else self.since_mark()
            container(self.stack[-1], list).extend(items)
        elif name == "BINPERSID":
            self.stack.append(storage(self.stack.pop()))
        elif name == "REDUCE":
            function, arguments = self.last(2)
            self.stack.append(rebuilt(function, arguments))
        elif name == "BUILD":
            self.last(1)  # The attributes that a state dictionary carries: version numbers, of no use here.
        else:
            raise CheckpointError("asks for something other than tensors (" + name + ") and was refused")

    def last(self, count):
        if len(self.stack) < count:
            raise IndexError
        taken = self.stack[len(self.stack) - count:]
        del self.stack[len(self.stack) - count:]
        return taken

    def since_mark(self):
        taken = []
        while self.stack[-1] is not MARK:
            taken.append(self.stack.pop())
        self.stack.pop()
        return taken[::-1]

    def set_items(self, flat):
        target = container(self.stack[-1], dict)
        for key, value in zip(flat[::2], flat[1::2]):
            if not isinstance(key, (str, int)):
                raise ValueError
            target[key] = value


def container(value, kind):
    if not isinstance(value, kind):
        raise ValueError
    return value


def admitted(name):
    if name not in ADMITTED:
        raise CheckpointError("asks to run " + name.replace(" ", ".") + ", which weights never need, and was refused")
    return Global(name.split(" ")[1])


def storage(identity):
    """A persistent id is ("storage", type, key, device, count[, view])."""
    kind, type_, key, _, count = identity[:5]
    if kind != "storage" or not isinstance(type_, Global) or len(identity) > 5 and identity[5] is not None:
        raise ValueError
    if not isinstance(key, str) or not isinstance(count, int) or count < 0:
        raise ValueError
    return Storage(ITEM_CODES[type_.name], key, count)


def rebuilt(function, arguments):
    name = container(function, Global).name
    if name == "OrderedDict" and arguments == ():
        return {}
    if name == "_rebuild_parameter":
        return container(arguments[0], Tensor)
    if name != "_rebuild_tensor_v2":
        raise ValueError
    source, offset, shape, strides = arguments[:4]
    numbers = (offset,) + shape + strides
    if len(shape) != len(strides) or any(type(n) is not int or n < 0 for n in numbers):
        raise ValueError
    return Tensor(container(source, Storage), offset, shape, strides)
