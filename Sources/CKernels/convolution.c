// The convolution kernels for each instruction set, and the choice between them at run time.
// One source, lanes.h, is compiled three times: plain (whatever the compiler's base target has), AVX2 with FMA,
// and AVX-512. Nothing here knows a network; Swift walks the layers and owns every buffer.
#include "CKernels.h"
#include <string.h>

struct kernels {
  long lanes;
  void (*pack)(long, long, const float *, const float *, float *);
  void (*pointwise)(long, long, long, const float *, const float *, float *, long, long, const float *, int);
  void (*depthwise)(long, long, const float *const *, const float *, const float *, float *, long, long);
  void (*mean)(const float *, long, long, float *);
};

// A product and a sum become one fused operation where the processor has it.
#pragma clang fp contract(fast)

#define LANES 4
#define MAX_ROWS 6
#define NAME(n) n##_portable
#include "lanes.h"
#undef LANES
#undef MAX_ROWS
#undef NAME

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define LANES 8
#define MAX_ROWS 6
#define NAME(n) n##_avx2
#include "lanes.h"
#undef LANES
#undef MAX_ROWS
#undef NAME
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,fma"))), apply_to = function)
#define LANES 16
#define MAX_ROWS 14
#define NAME(n) n##_avx512
#include "lanes.h"
#undef LANES
#undef MAX_ROWS
#undef NAME
#pragma clang attribute pop
#endif

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

static const struct kernels *kernels_of(int isa) {
#if defined(__x86_64__)
  if (isa == CK_AVX512) return &kernels_avx512;
  if (isa == CK_AVX2) return &kernels_avx2;
#endif
  (void)isa;
  return &kernels_portable;
}

long ck_packed_count(int isa, long inputs, long outputs) {
  const long lanes = kernels_of(isa)->lanes;
  return (inputs + 1) * ((outputs + lanes - 1) / lanes * lanes);
}

void ck_pack(int isa, long inputs, long outputs, const float *weights, const float *bias, float *packed) {
  kernels_of(isa)->pack(inputs, outputs, weights, bias, packed);
}

void ck_pointwise(int isa, long pixels, long inputs, long outputs, const float *input, const float *packed,
                  float *output, long row_width, long row_stride, const float *residual, int relu6) {
  kernels_of(isa)->pointwise(pixels, inputs, outputs, input, packed, output, row_width, row_stride, residual, relu6);
}

void ck_depthwise_row(int isa, long kernel, long stride, const float *const *rows, const float *weights,
                      const float *bias, float *output, long width, long channels) {
  kernels_of(isa)->depthwise(kernel, stride, rows, weights, bias, output, width, channels);
}

void ck_mean(int isa, const float *input, long pixels, long channels, float *output) {
  kernels_of(isa)->mean(input, pixels, channels, output);
}

void ck_stem_patches(const uint8_t *crop, long side, const float *table, long row, long pad, float *output) {
  for (long x = 0; x < side / 2; x++) {
    for (long dy = 0; dy < 3; dy++) {
      const long y = row * 2 + dy - pad;
      for (long dx = 0; dx < 3; dx++, output += 3) {
        const long at = x * 2 + dx - pad;
        if (y < 0 || y >= side || at < 0 || at >= side) {
          memset(output, 0, 3 * sizeof(float));
        } else {
          const uint8_t *pixel = crop + (y * side + at) * 3;
          output[0] = table[pixel[0]];
          output[1] = table[256 + pixel[1]];
          output[2] = table[512 + pixel[2]];
        }
      }
    }
  }
}
