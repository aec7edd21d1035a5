// Both ends of the network, for one instruction set; see each_isa.h. Plain loops: the compiler uses the set's vectors.

static void NAME(normalise)(const uint8_t *restrict input, long count, const float *restrict scale,
                            const float *restrict shift, float *restrict output) {
  for (long i = 0; i < count; i++) output[i] = (float)input[i] * scale[i] + shift[i];
}

static void NAME(mean)(const float *restrict input, long pixels, long pixel_stride, long channels,
                       float *restrict output) {
  const float scale = 1.0f / (float)pixels;
  for (long c = 0; c < channels; c++) output[c] = 0;
  for (long m = 0; m < pixels; m++)
    for (long c = 0; c < channels; c++) output[c] += input[m * pixel_stride + c];
  for (long c = 0; c < channels; c++) output[c] *= scale;
}
