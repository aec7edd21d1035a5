// Features to the power 3/4, before the classifier sees them. One portable version over vectors: a plain loop over
// sqrtf is not vectorised, because sqrtf may set errno.
#include "CKernels.h"

enum { LANES = 4 }; // what every 64-bit processor has
typedef float lanes __attribute__((vector_size(LANES * 4), aligned(4)));
typedef int32_t bits __attribute__((vector_size(LANES * 4), aligned(4)));

static inline lanes raised(lanes value) {
  const bits sign = (bits)value & (INT32_MIN + (bits){});
  const lanes root = __builtin_elementwise_sqrt((lanes)((bits)value & INT32_MAX));
  return (lanes)((bits)(root * __builtin_elementwise_sqrt(root)) | sign);
}

void ck_power_three_quarters(float *values, long count) {
  long start = 0;
  for (; start + LANES <= count; start += LANES) *(lanes *)(values + start) = raised(*(lanes *)(values + start));
  if (start == count) return;
  lanes rest = {};
  for (long i = start; i < count; i++) rest[i - start] = values[i];
  rest = raised(rest);
  for (long i = start; i < count; i++) values[i] = rest[i - start];
}
