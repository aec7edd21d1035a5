// Compiles the file named by KERNEL once for each instruction set, and chooses among the results at run time.
// In KERNEL: LANES, floats in a vector; TILE_ROWS, pixels in the tallest register tile (TILE_ROWS x 2 accumulators fill
// the registers); NAME(n), the name of function n for this set; EVEN_LANES and ODD_LANES, the lanes of a vector.
#include "CKernels.h"

// A product and a sum become one fused operation where the processor has it.
#pragma clang fp contract(fast)

#define UNROLLED _Pragma("clang loop unroll(full)")
#define INLINED static inline __attribute__((always_inline))

#define LANES 4
#define TILE_ROWS 6
#define EVEN_LANES 0, 2
#define ODD_LANES 1, 3
#define NAME(n) n##_portable
#include KERNEL
#undef LANES
#undef TILE_ROWS
#undef EVEN_LANES
#undef ODD_LANES
#undef NAME

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define LANES 8
#define TILE_ROWS 6
#define EVEN_LANES 0, 2, 4, 6
#define ODD_LANES 1, 3, 5, 7
#define NAME(n) n##_avx2
#include KERNEL
#undef LANES
#undef TILE_ROWS
#undef EVEN_LANES
#undef ODD_LANES
#undef NAME
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,fma"))), apply_to = function)
#define LANES 16
#define TILE_ROWS 14
#define EVEN_LANES 0, 2, 4, 6, 8, 10, 12, 14
#define ODD_LANES 1, 3, 5, 7, 9, 11, 13, 15
#define NAME(n) n##_avx512
#include KERNEL
#undef LANES
#undef TILE_ROWS
#undef EVEN_LANES
#undef ODD_LANES
#undef NAME
#pragma clang attribute pop

#define FOR_ISA(isa, function, ...) \
  do { \
    if (isa == CK_AVX512) function##_avx512(__VA_ARGS__); \
    else if (isa == CK_AVX2) function##_avx2(__VA_ARGS__); \
    else function##_portable(__VA_ARGS__); \
  } while (0)
#else
#define FOR_ISA(isa, function, ...) ((void)(isa), function##_portable(__VA_ARGS__))
#endif
