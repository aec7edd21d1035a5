// The depthwise convolution of one vector of channels, for one instruction set; see each_isa.h.

typedef float NAME(vector) __attribute__((vector_size(LANES * 4), aligned(4)));

// `kernel`, `stride` and `pixels` are constants wherever this is inlined: all sums live in registers, and a value that
// several pixels look at is loaded once.
INLINED void NAME(pixels)(const int kernel, const int stride, const int pixels, const float *const *rows, long offset,
                          const float *weights, const float *bias, float *output) {
  typedef NAME(vector) vector;
  vector sum[7];
  UNROLLED for (int i = 0; i < pixels; i++) sum[i] = *(const vector *)bias;
  UNROLLED for (int y = 0; y < kernel; y++) {
    const float *row = rows[y] + offset;
    UNROLLED for (int x = 0; x < kernel; x++) {
      const vector weight = *(const vector *)(weights + (y * kernel + x) * LANES);
      UNROLLED for (int i = 0; i < pixels; i++) sum[i] += weight * *(const vector *)(row + (i * stride + x) * LANES);
    }
  }
  UNROLLED for (int i = 0; i < pixels; i++)
    *(vector *)(output + i * LANES) =
        __builtin_elementwise_min(__builtin_elementwise_max(sum[i], (vector){}), 6.0f - (vector){});
}

// Blocks of 7 pixels: 7 divides every width (112, 56, 28, 14, 7) of networks on 224-pixel crops.
INLINED void NAME(rows)(const int kernel, const int stride, const struct ck_depthwise *d) {
  float *output = d->output;
  for (long y = 0; y < d->rows; y++) {
    const float *rows[5];
    for (int tap = 0; tap < kernel; tap++) {
      const long row = d->first_row + y * stride + tap;
      rows[tap] = row >= 0 && row < d->side ? d->ring + row % d->ring_rows * d->row_floats : d->zeros;
    }
    long x = 0;
    for (; x + 7 <= d->width; x += 7, output += 7 * LANES)
      NAME(pixels)(kernel, stride, 7, rows, x * stride * LANES, d->weights, d->bias, output);
    for (; x < d->width; x++, output += LANES)
      NAME(pixels)(kernel, stride, 1, rows, x * stride * LANES, d->weights, d->bias, output);
  }
}

static void NAME(depthwise)(const struct ck_depthwise *d) {
  if (d->kernel == 3) {
    if (d->stride == 1) NAME(rows)(3, 1, d);
    else NAME(rows)(3, 2, d);
  } else {
    if (d->stride == 1) NAME(rows)(5, 1, d);
    else NAME(rows)(5, 2, d);
  }
}
