// Resizing pictures: weighted sums of bytes along a row or a column with fixed-point weights, so that every
// instruction set gives the same bits. Swift computes the weights (Photos/Resampling.swift); the filter is decided
// there and only summed here.
//
// Along a column the work is the same for all bytes of a row, so it is written once over vectors and compiled twice.
// Along a row the three channels get in the way of vectors; AVX2 has its own version.
#include "CKernels.h"
#include <string.h>

#define ALWAYS_INLINE static inline __attribute__((always_inline))

enum { HALF = 1 << (CK_RESAMPLE_BITS - 1) };

static inline uint8_t rounded(int32_t sum) {
  const int32_t value = sum >> CK_RESAMPLE_BITS;
  return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

static inline void pixel_sum(const uint8_t *pixel, const int32_t *weights, int32_t count, uint8_t *output) {
  int32_t red = HALF, green = HALF, blue = HALF;
  for (int32_t k = 0; k < count; k++, pixel += 3) {
    red += weights[k] * pixel[0];
    green += weights[k] * pixel[1];
    blue += weights[k] * pixel[2];
  }
  output[0] = rounded(red);
  output[1] = rounded(green);
  output[2] = rounded(blue);
}

#if defined(__x86_64__)
#include <immintrin.h>

// Rows that share one load of the weights.
enum { ROWS = 4 };
// A weight of 24 bits is too wide for the fast 16-bit products, so it is cut in two: weight = high * 2^11 + low.
enum { LOW_BITS = 11 };

// Up to ROWS rows, four taps at a time: the bytes of four pixels are spread so that the two 16-bit products of a
// 32-bit lane belong to one channel. Lanes: red, green, blue, nothing of pixels 0 and 1, then of pixels 2 and 3.
__attribute__((target("avx2"))) ALWAYS_INLINE void width_rows_avx2(
    const int rows, const uint8_t *input, const uint8_t *end, long width, const int32_t *starts,
    const int32_t *counts, const int32_t *weights, long taps, uint8_t *output, long out_width) {
  const __m256i spread = _mm256_setr_epi8(
      0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1,
      6, -1, 9, -1, 7, -1, 10, -1, 8, -1, 11, -1, -1, -1, -1, -1);
  const __m256i high_places = _mm256_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1);
  const __m256i low_places = _mm256_setr_epi32(2, 2, 2, 2, 3, 3, 3, 3);
  const __m128i low_mask = _mm_set1_epi32((1 << LOW_BITS) - 1);
  for (long x = 0; x < out_width; x++, weights += taps) {
    const uint8_t *first = input + (long)starts[x] * 3;
    const long groups = (counts[x] + 3) / 4;
    // The last load reads four bytes more than its four pixels; at the very end of the picture there are none.
    if (first + (rows - 1) * width * 3 + groups * 12 + 4 > end) {
      for (int r = 0; r < rows; r++)
        pixel_sum(first + r * width * 3, weights, counts[x], output + (r * out_width + x) * 3);
      continue;
    }
    __m256i high[ROWS], low[ROWS];
    for (int r = 0; r < rows; r++) high[r] = low[r] = _mm256_setzero_si256();
    for (long g = 0; g < groups; g++) {
      const __m128i weight = _mm_loadu_si128((const __m128i *)(weights + g * 4));
      const __m256i both = _mm256_castsi128_si256(
          _mm_packs_epi32(_mm_srai_epi32(weight, LOW_BITS), _mm_and_si128(weight, low_mask)));
      const __m256i high_weight = _mm256_permutevar8x32_epi32(both, high_places);
      const __m256i low_weight = _mm256_permutevar8x32_epi32(both, low_places);
      for (int r = 0; r < rows; r++) {
        const __m128i bytes = _mm_loadu_si128((const __m128i *)(first + r * width * 3 + g * 12));
        const __m256i pixels = _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(bytes), spread);
        high[r] = _mm256_add_epi32(high[r], _mm256_madd_epi16(pixels, high_weight));
        low[r] = _mm256_add_epi32(low[r], _mm256_madd_epi16(pixels, low_weight));
      }
    }
    for (int r = 0; r < rows; r++) {
      const __m256i parts = _mm256_add_epi32(_mm256_slli_epi32(high[r], LOW_BITS), low[r]);
      __m128i sum = _mm_add_epi32(_mm256_castsi256_si128(parts), _mm256_extracti128_si256(parts, 1));
      sum = _mm_srai_epi32(_mm_add_epi32(sum, _mm_set1_epi32(HALF)), CK_RESAMPLE_BITS);
      sum = _mm_packs_epi32(sum, sum);
      const int value = _mm_cvtsi128_si32(_mm_packus_epi16(sum, sum));
      memcpy(output + (r * out_width + x) * 3, &value, 3);
    }
  }
}

__attribute__((target("avx2"))) static void width_avx2(
    const uint8_t *input, long height, long width, const int32_t *starts, const int32_t *counts,
    const int32_t *weights, long taps, uint8_t *output, long out_width) {
  const uint8_t *end = input + height * width * 3;
  long y = 0;
  for (; y + ROWS <= height; y += ROWS)
    width_rows_avx2(ROWS, input + y * width * 3, end, width, starts, counts, weights, taps,
                    output + y * out_width * 3, out_width);
  for (; y < height; y++)
    width_rows_avx2(1, input + y * width * 3, end, width, starts, counts, weights, taps,
                    output + y * out_width * 3, out_width);
}
#endif

void ck_resample_width(int isa, const uint8_t *input, long height, long width, const int32_t *starts,
                       const int32_t *counts, const int32_t *weights, long taps, uint8_t *output, long out_width) {
  (void)isa; // other processors have the portable version alone
#if defined(__x86_64__)
  if (isa != CK_PORTABLE) {
    width_avx2(input, height, width, starts, counts, weights, taps, output, out_width);
    return;
  }
#endif
  for (long y = 0; y < height; y++) {
    const uint8_t *row = input + y * width * 3;
    for (long x = 0; x < out_width; x++, output += 3)
      pixel_sum(row + (long)starts[x] * 3, weights + x * taps, counts[x], output);
  }
}

// Bytes whose sums lie in registers together: four vectors of 16.
enum { LANES = 16, BLOCK = 4 * LANES };
typedef int32_t sums_of_lanes __attribute__((vector_size(LANES * 4)));
typedef uint8_t bytes_of_lanes __attribute__((vector_size(LANES), aligned(1)));

ALWAYS_INLINE void height_rows(const uint8_t *input, long row, const int32_t *starts, const int32_t *counts,
                               const int32_t *weights, long taps, uint8_t *output, long out_height) {
  for (long y = 0; y < out_height; y++, output += row, weights += taps) {
    const uint8_t *first = input + (long)starts[y] * row;
    long i = 0;
    for (; i + BLOCK <= row; i += BLOCK) {
      sums_of_lanes sum[BLOCK / LANES];
      for (int v = 0; v < BLOCK / LANES; v++) sum[v] = HALF - (sums_of_lanes){};
      for (int32_t k = 0; k < counts[y]; k++) {
        const uint8_t *from = first + k * row + i;
        for (int v = 0; v < BLOCK / LANES; v++) {
          const bytes_of_lanes bytes = *(const bytes_of_lanes *)(from + v * LANES);
          sum[v] += __builtin_convertvector(bytes, sums_of_lanes) * weights[k];
        }
      }
      for (int v = 0; v < BLOCK / LANES; v++) {
        sums_of_lanes value = sum[v] >> CK_RESAMPLE_BITS;
        value = __builtin_elementwise_min(__builtin_elementwise_max(value, (sums_of_lanes){}), 255 - (sums_of_lanes){});
        *(bytes_of_lanes *)(output + i + v * LANES) = __builtin_convertvector(value, bytes_of_lanes);
      }
    }
    for (; i < row; i++) {
      int32_t sum = HALF;
      for (int32_t k = 0; k < counts[y]; k++) sum += weights[k] * first[k * row + i];
      output[i] = rounded(sum);
    }
  }
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void height_avx2(
    const uint8_t *input, long row, const int32_t *starts, const int32_t *counts, const int32_t *weights, long taps,
    uint8_t *output, long out_height) {
  height_rows(input, row, starts, counts, weights, taps, output, out_height);
}
#endif

void ck_resample_height(int isa, const uint8_t *input, long row, const int32_t *starts, const int32_t *counts,
                        const int32_t *weights, long taps, uint8_t *output, long out_height) {
  (void)isa; // other processors have the portable version alone
#if defined(__x86_64__)
  if (isa != CK_PORTABLE) {
    height_avx2(input, row, starts, counts, weights, taps, output, out_height);
    return;
  }
#endif
  height_rows(input, row, starts, counts, weights, taps, output, out_height);
}
