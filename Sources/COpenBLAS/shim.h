// BLAS of OpenBLAS: general matrix products that are not on the photo path.
#pragma once
#include <cblas.h>

// LAPACK, which the same library holds. Matrices are column-major; all arguments go by address.
// Cholesky factor of a symmetric positive definite matrix, and the inverse from that factor.
void spotrf_(const char *triangle, const int *order, float *matrix, const int *leading, int *info);
void spotri_(const char *triangle, const int *order, float *factor, const int *leading, int *info);
