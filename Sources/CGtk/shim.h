// GTK 4 and libadwaita as one Clang module, nothing else. Anything that needs a macro or varargs is in CGtkShim.
#pragma once
#include <adwaita.h>
#include <glib-unix.h>
