// Products of a few rows with a matrix that stays the same (the training photos, or the inverse of their kernel):
// rearranged once into panels, it is then read in the order in which the registers want it.
// One source, panels.h, is compiled three times, as lanes.h is for the convolutions.
#include "CKernels.h"

#pragma clang fp contract(fast)

#define LANES 4
#define MAX_ROWS 6
#define NAME(n) n##_portable
#include "panels.h"
#undef LANES
#undef MAX_ROWS
#undef NAME

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define LANES 8
#define MAX_ROWS 6
#define NAME(n) n##_avx2
#include "panels.h"
#undef LANES
#undef MAX_ROWS
#undef NAME
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,fma"))), apply_to = function)
#define LANES 16
#define MAX_ROWS 14
#define NAME(n) n##_avx512
#include "panels.h"
#undef LANES
#undef MAX_ROWS
#undef NAME
#pragma clang attribute pop
#endif

long ck_panel_width(int isa) { return isa == CK_AVX512 ? 32 : isa == CK_AVX2 ? 16 : 8; }

long ck_panel_count(int isa, long inner, long columns) {
  const long width = ck_panel_width(isa);
  return (columns + width - 1) / width * width * inner;
}

void ck_panel_pack(int isa, long inner, long columns, const float *matrix, long row_stride, long column_stride,
                   float *packed) {
  const long width = ck_panel_width(isa);
  for (long n = 0; n < columns; n += width) {
    const long used = columns - n < width ? columns - n : width;
    float *panel = packed + n * inner;
    // Along memory first, whichever way the matrix lies.
    if (column_stride == 1) {
      for (long k = 0; k < inner; k++)
        for (long j = 0; j < width; j++) panel[k * width + j] = j < used ? matrix[k * row_stride + n + j] : 0;
    } else {
      for (long j = 0; j < width; j++)
        for (long k = 0; k < inner; k++)
          panel[k * width + j] = j < used ? matrix[k * row_stride + (n + j) * column_stride] : 0;
    }
  }
}

void ck_panel_product(int isa, long rows, long inner, const float *a, long stride, const float *packed, float *result,
                      long columns, long from, long to) {
  (void)isa; // other processors have the portable version alone
#if defined(__x86_64__)
  if (isa == CK_AVX512) {
    panel_product_avx512(rows, inner, a, stride, packed, result, columns, from, to);
    return;
  }
  if (isa == CK_AVX2) {
    panel_product_avx2(rows, inner, a, stride, packed, result, columns, from, to);
    return;
  }
#endif
  panel_product_portable(rows, inner, a, stride, packed, result, columns, from, to);
}
