// tanh of many doubles at once: the innermost loop of the Boundary page's network, which must be quick in a debug
// build, too. Pure; any thread. No branches and no calls inside the loop, so that the compiler vectorises it.
#include <stdint.h>
#include <string.h>
#include "include/Hyperbolic.h"

// Beyond this tanh is 1 to the last bit of a double.
#define FLAT 20.0

// e^x for -2*FLAT <= x <= 0: x = n ln 2 + r with |r| <= ln 2 / 2, e^r by its Taylor series (next term below 2^-56),
// 2^n by its exponent's bits.
static inline __attribute__((always_inline)) double exp_of_negative(double x) {
  const double shift = 6755399441055744.0;  // 1.5 * 2^52: adding it rounds to a whole number in the low bits
  double shifted = x * 1.4426950408889634 + shift;
  double n = shifted - shift;
  // ln 2 in two parts: n times the first one is exact.
  double r = (x - n * 6.93147180369123816490e-01) - n * 1.90821492927058770002e-10;
  double e = 1.0 / 6227020800.0;
  e = e * r + 1.0 / 479001600.0;
  e = e * r + 1.0 / 39916800.0;
  e = e * r + 1.0 / 3628800.0;
  e = e * r + 1.0 / 362880.0;
  e = e * r + 1.0 / 40320.0;
  e = e * r + 1.0 / 5040.0;
  e = e * r + 1.0 / 720.0;
  e = e * r + 1.0 / 120.0;
  e = e * r + 1.0 / 24.0;
  e = e * r + 1.0 / 6.0;
  e = e * r + 0.5;
  e = e * r + 1.0;
  e = e * r + 1.0;
  uint64_t bits, scale;
  memcpy(&bits, &shifted, 8);
  scale = (bits + 1023) << 52;
  double power;
  memcpy(&power, &scale, 8);
  return e * power;
}

// AVX2 without fused multiply-adds gives the same bits as plain code, four numbers at a time instead of two.
#if defined(__x86_64__)
__attribute__((target_clones("avx2", "default")))
#endif
void ck_tanh(double *values, long count) {
  for (long i = 0; i < count; i++) {
    double x = values[i];
    double size = __builtin_fabs(x);
    size = size < FLAT ? size : FLAT;
    double e = exp_of_negative(-2.0 * size);
    // Not a number stays not a number: the comparison above would hide it.
    double result = (1.0 - e) / (1.0 + e) + (x - x);
    values[i] = __builtin_copysign(result, x);
  }
}
