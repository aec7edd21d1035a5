// cairo and pango: contact sheets with headings in any script.
#pragma once
#include <cairo.h>
#include <pango/pangocairo.h>
