// gettext of the C library: every text a person reads passes through it.
#pragma once
#include <libintl.h>
#include <locale.h>
