// libjpeg-turbo through its TurboJPEG interface (libturbojpeg0-dev), as the module CTurboJPEG.
#pragma once
#include <turbojpeg.h>
