// Pictures in bytes: weighted sums along a row or a column with fixed-point weights, laying over white, and turning.
// Swift computes the weights (Photos/Resampling.swift), so the filter is decided there and only summed here.
#include "CKernels.h"
#include <string.h>

static inline uint8_t rounded(int32_t sum) {
  const int32_t value = sum >> CK_RESAMPLE_BITS;
  return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

static const int32_t half = 1 << (CK_RESAMPLE_BITS - 1);

void ck_resample_width(const uint8_t *input, long height, long width, const int32_t *starts, const int32_t *counts,
                       const int32_t *weights, long taps, uint8_t *output, long out_width) {
  for (long y = 0; y < height; y++) {
    const uint8_t *row = input + y * width * 3;
    for (long x = 0; x < out_width; x++, output += 3) {
      const uint8_t *pixel = row + (long)starts[x] * 3;
      const int32_t *weight = weights + x * taps;
      int32_t red = half, green = half, blue = half;
      for (int32_t k = 0; k < counts[x]; k++, pixel += 3) {
        red += weight[k] * pixel[0];
        green += weight[k] * pixel[1];
        blue += weight[k] * pixel[2];
      }
      output[0] = rounded(red);
      output[1] = rounded(green);
      output[2] = rounded(blue);
    }
  }
}

void ck_resample_height(const uint8_t *input, long row, const int32_t *starts, const int32_t *counts,
                        const int32_t *weights, long taps, int32_t *sums, uint8_t *output, long out_height) {
  for (long y = 0; y < out_height; y++, output += row) {
    for (long i = 0; i < row; i++) sums[i] = half;
    const uint8_t *from = input + (long)starts[y] * row;
    for (int32_t k = 0; k < counts[y]; k++, from += row) {
      const int32_t weight = weights[y * taps + k];
      for (long i = 0; i < row; i++) sums[i] += weight * from[i];
    }
    for (long i = 0; i < row; i++) output[i] = rounded(sums[i]);
  }
}

void ck_over_white(const uint8_t *input, long stride, long channels, long width, long height, uint8_t *output) {
  for (long y = 0; y < height; y++) {
    const uint8_t *pixel = input + y * stride;
    if (channels == 3) {
      memcpy(output, pixel, (size_t)width * 3);
      output += width * 3;
      continue;
    }
    for (long x = 0; x < width; x++, pixel += 4, output += 3) {
      const int opacity = pixel[3];
      for (int c = 0; c < 3; c++)
        output[c] = (uint8_t)((pixel[c] * opacity + 255 * (255 - opacity) + 127) / 255);
    }
  }
}

void ck_orient(const uint8_t *input, long width, long height, int orientation, uint8_t *output) {
  // Where the input's first pixel lands, and how far a step along its row and its column moves in the output.
  const int swaps = orientation >= 5;
  const long out_width = swaps ? height : width;
  const long out_height = swaps ? width : height;
  const int from_right = orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
  const int from_bottom = orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
  const long across = from_right ? -1 : 1;
  const long down = from_bottom ? -out_width : out_width;
  uint8_t *first = output + 3 * ((from_right ? out_width - 1 : 0) + (from_bottom ? (out_height - 1) * out_width : 0));
  const long x_step = 3 * (swaps ? down : across);
  const long y_step = 3 * (swaps ? across : down);
  for (long y = 0; y < height; y++) {
    uint8_t *to = first + y * y_step;
    for (long x = 0; x < width; x++, input += 3, to += x_step) {
      to[0] = input[0];
      to[1] = input[1];
      to[2] = input[2];
    }
  }
}
