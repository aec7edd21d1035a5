// Little CMS 2 (liblcms2-dev), as the module CLcms.
#pragma once
#include <lcms2.h>
