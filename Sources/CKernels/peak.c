// The loop behind Peak.h, once for each instruction set. The constants keep every sum near 1: no overflow, no
// denormals. Two arithmetic units with a latency of 4 cycles need 8 chains; there are more, as many as registers allow.
#include "CKernels.h"
#include "Peak.h"

// A product and a sum become one fused operation where the processor has it.
#pragma clang fp contract(fast)

// Tells the compiler that a register has changed, so that it cannot leave out a round or merge two.
#if defined(__x86_64__)
#define TOUCH(vector) __asm__ volatile("" : "+v"(vector))
#elif defined(__aarch64__)
#define TOUCH(vector) __asm__ volatile("" : "+w"(vector))
#else
#define TOUCH(vector) ((void)0)
#endif

#define UNROLLED _Pragma("clang loop unroll(full)")

#define PEAK(name, lanes, chains)                                                     \
  static double name(long rounds, float *sink) {                                      \
    typedef float vector __attribute__((vector_size(4 * lanes)));                     \
    const vector zero = {0}, factor = zero + 0.999f, term = zero + 0.001f;            \
    vector sum[chains];                                                               \
    UNROLLED for (int i = 0; i < chains; i++) sum[i] = zero + 0.5f * (float)i;        \
    for (long round = 0; round < rounds; round++) {                                   \
      UNROLLED for (int i = 0; i < chains; i++) {                                     \
        sum[i] = sum[i] * factor + term;                                              \
        TOUCH(sum[i]);                                                                \
      }                                                                               \
    }                                                                                 \
    vector all = zero;                                                                \
    UNROLLED for (int i = 0; i < chains; i++) all += sum[i];                          \
    *sink = all[0];                                                                   \
    return 2.0 * lanes * chains * (double)rounds;                                     \
  }

PEAK(peak_portable, 4, 12)

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
PEAK(peak_avx2, 8, 12)
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx512f,avx512vl"))), apply_to = function)
PEAK(peak_avx512, 16, 16)
#pragma clang attribute pop
#endif

double ck_peak(int isa, long rounds, float *sink) {
#if defined(__x86_64__)
  if (isa == CK_AVX512) return peak_avx512(rounds, sink);
  if (isa == CK_AVX2) return peak_avx2(rounds, sink);
#endif
  (void)isa;
  return peak_portable(rounds, sink);
}
