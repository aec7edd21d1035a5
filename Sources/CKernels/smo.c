// The solver of one two-category support vector machine: the loop that trains the paper's classifier.
// One source, smo.h, is compiled three times. The working pair is chosen by second-order information: Fan, Chen & Lin,
// "Working Set Selection Using Second Order Information for Training SVM", JMLR 6, 2005.
#include "CKernels.h"
#include <math.h>

// The least curvature of a step, for rows that are equal (their kernel columns are too).
static const double LEAST_CURVATURE = 1e-12;

#define LANES 2
#define NAME(n) n##_portable
#include "smo.h"
#undef LANES
#undef NAME

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define LANES 4
#define NAME(n) n##_avx2
#include "smo.h"
#undef LANES
#undef NAME
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,fma"))), apply_to = function)
#define LANES 8
#define NAME(n) n##_avx512
#include "smo.h"
#undef LANES
#undef NAME
#pragma clang attribute pop
#endif

#define RUN(solver) \
  solver(kernel, diagonal, stride, error, coefficients, upper, lower, up, down, tolerance, most_steps)

long ck_smo(int isa, const float *kernel, const float *diagonal, long stride, double *error, double *coefficients,
            const double *upper, const double *lower, double *up, double *down, double tolerance, long most_steps) {
  (void)isa; // other processors have the portable version alone
#if defined(__x86_64__)
  if (isa == CK_AVX512) return RUN(smo_avx512);
  if (isa == CK_AVX2) return RUN(smo_avx2);
#endif
  return RUN(smo_portable);
}

// exp(x) for x <= 0 in double, to a few units in the last place of a float: 2^n times a polynomial on
// [-log 2 / 2, log 2 / 2] (Taylor's to the 9th power; what is left out is below 2e-13).
static inline double exp_below_zero(double x) {
  x = x < -700.0 ? -700.0 : x;
  const double shifter = 6755399441055744.0; // 1.5 * 2^52: adding it rounds to an integer
  const double shifted = x * 1.4426950408889634 + shifter;
  const double n = shifted - shifter;
  const double f = (x - n * 0.6931471803691238) - n * 1.9082149292705877e-10;
  double p = 1.0 / 362880;
  p = p * f + 1.0 / 40320;
  p = p * f + 1.0 / 5040;
  p = p * f + 1.0 / 720;
  p = p * f + 1.0 / 120;
  p = p * f + 1.0 / 24;
  p = p * f + 1.0 / 6;
  p = p * f + 0.5;
  p = p * f + 1;
  p = p * f + 1;
  union { double value; long long bits; } power = {shifted};
  // The low bits of the shifted number are n in two's complement.
  power.bits = (power.bits + 1023) << 52;
  return p * power.value;
}

void ck_rbf_row(const float *dots, const float *squared, float own, double gamma, long count, float *row) {
  for (long j = 0; j < count; j++) {
    double distance = (double)own + (double)squared[j] - 2 * (double)dots[j];
    distance = distance > 0 ? distance : 0;
    row[j] = (float)exp_below_zero(-gamma * distance);
  }
}
