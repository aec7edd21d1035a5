"""photo_source.py NAME=FILE:FILE:... ...: a window to drag real photos out of, one handle for each named group.

It is a program of its own, so what the tests do with it is a drag between two applications. It says on stdout what
happens to a drag: "ready", "begin NAME", "accepted NAME" (what is under the pointer would take it), "end NAME".
"""
import sys

import gi

gi.require_version("Gdk", "4.0")
gi.require_version("Gtk", "4.0")
from gi.repository import Gdk, GdkPixbuf, Gio, GObject, Gtk  # noqa: E402

WINDOW_TITLE = "photo source"
SIDE, WIDTH = 60, 110
"""Pixels of a picture and of a handle; all handles are equally wide, which is how the tests hit them."""


def say(*words):
    print(*words, flush=True)


class Handle(Gtk.Box):
    """A picture and a name; dragging it takes all files of the group along."""

    def __init__(self, name, paths):
        super().__init__(orientation=Gtk.Orientation.VERTICAL, width_request=WIDTH)
        picture = Gtk.Picture.new_for_pixbuf(GdkPixbuf.Pixbuf.new_from_file_at_size(paths[0], SIDE, SIDE))
        picture.set_halign(Gtk.Align.CENTER)
        self.append(picture)
        self.append(Gtk.Label(label=name))
        self.name, self.paths = name, paths
        source = Gtk.DragSource()
        source.set_actions(Gdk.DragAction.COPY)
        source.connect("prepare", self.prepare)
        source.connect("drag-begin", self.begin)
        source.connect("drag-end", lambda *_: say("end", self.name))
        self.add_controller(source)

    def prepare(self, *_):
        files = Gdk.FileList.new_from_list([Gio.File.new_for_path(path) for path in self.paths])
        return Gdk.ContentProvider.new_for_value(GObject.Value(Gdk.FileList, files))

    def begin(self, _, drag):
        say("begin", self.name)
        drag.connect("notify::selected-action", self.hovers)

    def hovers(self, drag, _):
        if drag.get_selected_action() != 0:
            say("accepted", self.name)


def main(groups):
    app = Gtk.Application(application_id=None, flags=Gio.ApplicationFlags.NON_UNIQUE)

    def activate(_):
        window = Gtk.ApplicationWindow(application=app, title=WINDOW_TITLE, decorated=False, resizable=False)
        row = Gtk.Box(homogeneous=True)
        for group in groups:
            name, paths = group.split("=", 1)
            row.append(Handle(name, paths.split(":")))
        window.set_child(row)
        window.connect("map", lambda _: say("ready"))
        window.present()

    app.connect("activate", activate)
    app.run([])


if __name__ == "__main__":
    main(sys.argv[1:])
