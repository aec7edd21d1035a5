// Pictures in bytes, without arithmetic worth vectors: laying over white, and turning.
#include "CKernels.h"
#include <string.h>

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
