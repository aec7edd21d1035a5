"""The window as assistive technology sees it: widgets by role and name, their text, their state, their actions.

Every look goes to the app over the accessibility bus; an object that went away meanwhile counts as not found.
Needs a session bus with the accessibility service (script/lib/desktop gives one).
"""
import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

from waiting import wait_until  # noqa: E402

Atspi.init()


class Widget:
    def __init__(self, node):
        self.node = node

    def _ask(self, question, otherwise=None):
        try:
            return question(self.node)
        except GLib.Error:
            return otherwise

    name = property(lambda self: self._ask(lambda node: node.get_name(), "") or "")
    role = property(lambda self: self._ask(lambda node: node.get_role_name(), "") or "")
    description = property(lambda self: self._ask(lambda node: node.get_description(), "") or "")
    count = property(lambda self: self._ask(lambda node: node.get_child_count(), 0))

    @property
    def text(self):
        return self._ask(lambda node: Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node)), "") or ""

    def has(self, state):
        wanted = getattr(Atspi.StateType, state.upper())
        return bool(self._ask(lambda node: node.get_state_set().contains(wanted), False))

    @property
    def is_showing(self):
        """GTK 4.8 gives the state "showing" to windows alone; a widget that shows is visible and has a size."""
        return self.has("showing") or self.has("visible") and self._ask(lambda _: min(self.extents[2:]) > 0, False)

    @property
    def children(self):
        for index in range(self.count):
            child = self._ask(lambda node, index=index: node.get_child_at_index(index))
            if child is not None:
                yield Widget(child)

    @property
    def descendants(self):
        for child in self.children:
            yield child
            yield from child.descendants

    def look_for(self, name=None, role=None, showing=True, where=None):
        """The first fitting widget below this one, or None."""
        for widget in self.descendants:
            if (name is None or widget.name == name) and (role is None or widget.role == role) \
                    and (not showing or widget.is_showing) and (where is None or where(widget)):
                return widget
        return None

    def find(self, name=None, role=None, **how):
        """As `look_for`, but waits for it."""
        what = "the %s %r" % (role or "widget", name)
        return wait_until(what, lambda: self.look_for(name, role, **how), otherwise=self.inventory)

    def press(self, action=0):
        assert self.has("sensitive"), "%r cannot be pressed" % self.name
        assert Atspi.Action.do_action(self.node, action), "%r did not take the press" % self.name

    def type(self, text):
        """Replaces the text of an entry. GTK's entries take text in the entry itself or in the field inside it."""
        for widget in [self, *self.descendants]:
            if widget._ask(lambda node: Atspi.EditableText.set_text_contents(node, text), False):
                return
        raise AssertionError("nothing can be written into %r" % self.name)

    @property
    def extents(self):
        """(x, y, width, height) inside the window: GTK 4.8 knows nothing else."""
        box = Atspi.Component.get_extents(self.node, Atspi.CoordType.WINDOW)
        return box.x, box.y, box.width, box.height

    def inventory(self):
        """Roles and names of everything that shows, for the sentence of a failed test."""
        return ", ".join("%s %r" % (w.role, w.name) for w in self.descendants if w.name and w.is_showing)


def application(process_id):
    """The app of that process as a widget, or None while it is not there."""
    try:
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            app = desktop.get_child_at_index(index)
            if app is not None and app.get_process_id() == process_id:
                app.set_cache_mask(Atspi.Cache.NONE)  # What is read is what is there now.
                return Widget(app)
    except GLib.Error:
        pass
    return None
