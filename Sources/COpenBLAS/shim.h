// BLAS of OpenBLAS: general matrix products that are not on the photo path.
#pragma once
#include <cblas.h>
#include <stddef.h>

// LAPACK, which the same library holds. Matrices are column-major; all arguments go by address.
// Cholesky factor of a symmetric positive definite matrix, and the inverse from that factor.
void spotrf_(const char *triangle, const int *order, float *matrix, const int *leading, int *info);
void spotri_(const char *triangle, const int *order, float *factor, const int *leading, int *info);
// Eigenvalues first...last (from 1, rising) of a symmetric matrix, which is overwritten, and their vectors.
void ssyevr_(
  const char *jobz, const char *range, const char *triangle, const int *order, float *matrix, const int *leading,
  const float *lowest, const float *highest, const int *first, const int *last, const float *tolerance, int *found,
  float *values, float *vectors, const int *vectors_leading, int *support, float *work, const int *work_size,
  int *integers, const int *integers_size, int *info, size_t jobz_length, size_t range_length,
  size_t triangle_length);
// Solves a x = b for symmetric positive definite a, which its Cholesky factor overwrites; b becomes x.
void dposv_(
  const char *triangle, const int *order, const int *columns, double *matrix, const int *leading, double *right,
  const int *right_leading, int *info, size_t triangle_length);
