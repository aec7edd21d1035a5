// BLAS of OpenBLAS: general matrix products that are not on the photo path; and the three routines of its LAPACK
// that the checks of a project need. OpenBLAS exports LAPACK under its Fortran names and has no header for it:
// every argument is a pointer, matrices are column-major (for a symmetric one that makes no difference but the
// meaning of "L" and "U"), and the hidden lengths of the one-letter strings come last.
#pragma once
#include <cblas.h>
#include <stddef.h>

// Cholesky factor of a symmetric positive definite n x n matrix, in place. info > 0: not positive definite.
void spotrf_(const char *uplo, const int *n, float *a, const int *lda, int *info, size_t uplo_length);
// The inverse, from that factor, in place: one triangle.
void spotri_(const char *uplo, const int *n, float *a, const int *lda, int *info, size_t uplo_length);
// Eigenvalues il...iu (from 1, rising) and their vectors of a symmetric matrix, which is overwritten.
void ssyevr_(
  const char *jobz, const char *range, const char *uplo, const int *n, float *a, const int *lda, const float *vl,
  const float *vu, const int *il, const int *iu, const float *abstol, int *m, float *w, float *z, const int *ldz,
  int *isuppz, float *work, const int *lwork, int *iwork, const int *liwork, int *info, size_t jobz_length,
  size_t range_length, size_t uplo_length);
