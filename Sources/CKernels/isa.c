// Which instruction sets this processor runs, and how wide their vectors are; and how it waits.
#include "CKernels.h"

int ck_supported(int isa) {
  if (isa == CK_PORTABLE) return 1;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (isa == CK_AVX2) return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (isa == CK_AVX512)
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")
        && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("fma");
#endif
  return 0;
}

long ck_lanes(int isa) { return isa == CK_AVX512 ? 16 : isa == CK_AVX2 ? 8 : 4; }

void ck_relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}
