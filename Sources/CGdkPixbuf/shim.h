// gdk-pixbuf (and GLib with it): reading and writing pictures.
#pragma once
#include <gdk-pixbuf/gdk-pixbuf.h>
