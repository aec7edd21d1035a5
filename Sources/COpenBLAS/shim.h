// BLAS of OpenBLAS: general matrix products that are not on the photo path.
#pragma once
#include <cblas.h>
