// Both ends of the network: bytes become numbers in front of the first layer, the last map becomes its mean.
#define KERNEL "pixels_isa.h"
#include "each_isa.h"

void ck_normalise(int isa, const uint8_t *input, long count, const float *scale, const float *shift, float *output) {
  FOR_ISA(isa, normalise, input, count, scale, shift, output);
}

void ck_mean(int isa, const float *input, long pixels, long pixel_stride, long channels, float *output) {
  FOR_ISA(isa, mean, input, pixels, pixel_stride, channels, output);
}
