// The convolution kernels for one instruction set, written once over vectors of LANES floats.
//
// Included by convolution.c, once an instruction set, with these defined:
//   LANES      floats in a vector          MAX_ROWS   pixels in the tallest register tile
//   NAME(n)    the name of function n for this instruction set
// A tile is MAX_ROWS pixels by two vectors of output channels: as many accumulators as the registers hold.

typedef float NAME(vector) __attribute__((vector_size(LANES * 4), aligned(4)));

#define UNROLLED _Pragma("clang loop unroll(full)")
#define EACH_SUM UNROLLED for (int r = 0; r < rows; r++) UNROLLED for (int v = 0; v < vectors; v++)

// `rows` and `vectors` are constants wherever this is inlined, so that the accumulators live in registers.
static inline __attribute__((always_inline)) void NAME(tile)(
    const int rows, const int vectors, long inputs, const float *input, const float *panel,
    float *const *outputs, long limit, const float *residual, long residual_stride, int relu6) {
  typedef NAME(vector) vector;
  vector sum[MAX_ROWS][2];
  UNROLLED for (int v = 0; v < vectors; v++) {
    const vector bias = *(const vector *)(panel + v * LANES);
    UNROLLED for (int r = 0; r < rows; r++) sum[r][v] = bias;
  }
  const float *weights = panel + vectors * LANES;
  for (long k = 0; k < inputs; k++) {
    vector column[2];
    UNROLLED for (int v = 0; v < vectors; v++)
      column[v] = *(const vector *)(weights + (k * vectors + v) * LANES);
    UNROLLED for (int r = 0; r < rows; r++) {
      const vector x = input[r * inputs + k] - (vector){};
      UNROLLED for (int v = 0; v < vectors; v++) sum[r][v] += x * column[v];
    }
  }
  if (relu6) {
    EACH_SUM sum[r][v] = __builtin_elementwise_min(__builtin_elementwise_max(sum[r][v], (vector){}), 6.0f - (vector){});
  }
  if (limit == vectors * LANES) {
    if (residual) {
      EACH_SUM sum[r][v] += *(const vector *)(residual + r * residual_stride + v * LANES);
    }
    EACH_SUM *(vector *)(outputs[r] + v * LANES) = sum[r][v];
    return;
  }
  // The last panel of a layer whose channels do not fill it: by way of memory, value by value.
  float values[MAX_ROWS][2 * LANES];
  EACH_SUM *(vector *)(&values[r][v * LANES]) = sum[r][v];
  for (int r = 0; r < rows; r++)
    for (long i = 0; i < limit; i++) outputs[r][i] = values[r][i] + (residual ? residual[r * residual_stride + i] : 0);
}

#define TILE_CASE(r) \
  case r: NAME(tile)(r, vectors, inputs, input, panel, outputs, limit, residual, residual_stride, relu6); break;

static inline __attribute__((always_inline)) void NAME(tile_of)(
    long rows, const int vectors, long inputs, const float *input, const float *panel,
    float *const *outputs, long limit, const float *residual, long residual_stride, int relu6) {
  switch (rows) {
    TILE_CASE(1) TILE_CASE(2) TILE_CASE(3) TILE_CASE(4) TILE_CASE(5) TILE_CASE(6)
#if MAX_ROWS == 14
    TILE_CASE(7) TILE_CASE(8) TILE_CASE(9) TILE_CASE(10) TILE_CASE(11) TILE_CASE(12) TILE_CASE(13) TILE_CASE(14)
#endif
  }
}
#undef TILE_CASE

static __attribute__((noinline)) void NAME(tile1)(
    long rows, long inputs, const float *input, const float *panel, float *const *outputs, long limit,
    const float *residual, long residual_stride, int relu6) {
  NAME(tile_of)(rows, 1, inputs, input, panel, outputs, limit, residual, residual_stride, relu6);
}

static __attribute__((noinline)) void NAME(tile2)(
    long rows, long inputs, const float *input, const float *panel, float *const *outputs, long limit,
    const float *residual, long residual_stride, int relu6) {
  NAME(tile_of)(rows, 2, inputs, input, panel, outputs, limit, residual, residual_stride, relu6);
}

// Panels outside, pixels inside: a panel is read from memory once and stays in the first-level cache.
static void NAME(pointwise)(
    long pixels, long inputs, long outputs, const float *input, const float *packed, float *output,
    long row_width, long row_stride, const float *residual, int relu6) {
  for (long n = 0; n < outputs; n += 2 * LANES) {
    const long limit = outputs - n < 2 * LANES ? outputs - n : 2 * LANES;
    const int wide = limit > LANES;
    float *row = output + n;
    long x = 0;
    for (long m = 0; m < pixels; m += MAX_ROWS) {
      const long rows = pixels - m < MAX_ROWS ? pixels - m : MAX_ROWS;
      float *to[MAX_ROWS];
      for (long r = 0; r < rows; r++) {
        to[r] = row + x * outputs;
        if (++x == row_width) { x = 0; row += row_stride; }
      }
      const float *add = residual ? residual + m * outputs + n : 0;
      (wide ? NAME(tile2) : NAME(tile1))(rows, inputs, input + m * inputs, packed, to, limit, add, outputs, relu6);
    }
    packed += (inputs + 1) * LANES * (wide ? 2 : 1);
  }
}

static void NAME(pack)(long inputs, long outputs, const float *weights, const float *bias, float *packed) {
  for (long n = 0; n < outputs; n += 2 * LANES) {
    const long width = outputs - n > LANES ? 2 * LANES : LANES;
    for (long k = -1; k < inputs; k++) {
      const float *from = k < 0 ? bias : weights + k * outputs;
      for (long j = 0; j < width; j++) *packed++ = n + j < outputs ? from[n + j] : 0;
    }
  }
}

// Blocks of 7 pixels: 7 divides every width (112, 56, 28, 14, 7) of networks on 224-pixel crops.
static inline __attribute__((always_inline)) void NAME(depthwise_of)(
    const int kernel, const int stride, const int block, const float *const *rows, const float *weights,
    const float *bias, float *output, long channels) {
  typedef NAME(vector) vector;
  long c = 0;
  for (; c + LANES <= channels; c += LANES) {
    vector sum[7];
    const vector start = *(const vector *)(bias + c);
    UNROLLED for (int i = 0; i < block; i++) sum[i] = start;
    UNROLLED for (int y = 0; y < kernel; y++) {
      const float *row = rows[y] + c;
      UNROLLED for (int x = 0; x < kernel; x++) {
        const vector weight = *(const vector *)(weights + (y * kernel + x) * channels + c);
        UNROLLED for (int i = 0; i < block; i++)
          sum[i] += weight * *(const vector *)(row + (i * stride + x) * channels);
      }
    }
    UNROLLED for (int i = 0; i < block; i++)
      *(vector *)(output + i * channels + c) =
          __builtin_elementwise_min(__builtin_elementwise_max(sum[i], (vector){}), 6.0f - (vector){});
  }
  for (; c < channels; c++) {
    for (int i = 0; i < block; i++) {
      float sum = bias[c];
      for (int y = 0; y < kernel; y++)
        for (int x = 0; x < kernel; x++)
          sum += weights[(y * kernel + x) * channels + c] * rows[y][(i * stride + x) * channels + c];
      output[i * channels + c] = sum < 0 ? 0 : sum > 6 ? 6 : sum;
    }
  }
}

static inline __attribute__((always_inline)) void NAME(depthwise_row_of)(
    const int kernel, const int stride, const float *const *rows, const float *weights, const float *bias,
    float *output, long width, long channels) {
  const float *at[5];
  for (int y = 0; y < kernel; y++) at[y] = rows[y];
  long x = 0;
  while (x < width) {
    const int block = width - x >= 7 ? 7 : 1;
    if (block == 7) NAME(depthwise_of)(kernel, stride, 7, at, weights, bias, output, channels);
    else NAME(depthwise_of)(kernel, stride, 1, at, weights, bias, output, channels);
    for (int y = 0; y < kernel; y++) at[y] += block * stride * channels;
    output += block * channels;
    x += block;
  }
}

static void NAME(depthwise)(long kernel, long stride, const float *const *rows, const float *weights,
                            const float *bias, float *output, long width, long channels) {
  if (kernel == 3) {
    if (stride == 1) NAME(depthwise_row_of)(3, 1, rows, weights, bias, output, width, channels);
    else NAME(depthwise_row_of)(3, 2, rows, weights, bias, output, width, channels);
  } else {
    if (stride == 1) NAME(depthwise_row_of)(5, 1, rows, weights, bias, output, width, channels);
    else NAME(depthwise_row_of)(5, 2, rows, weights, bias, output, width, channels);
  }
}

static void NAME(mean)(const float *input, long pixels, long channels, float *output) {
  typedef NAME(vector) vector;
  const float scale = 1.0f / (float)pixels;
  long c = 0;
  for (; c + LANES <= channels; c += LANES) {
    vector sum = {};
    for (long m = 0; m < pixels; m++) sum += *(const vector *)(input + m * channels + c);
    *(vector *)(output + c) = sum * scale;
  }
  for (; c < channels; c++) {
    float sum = 0;
    for (long m = 0; m < pixels; m++) sum += input[m * channels + c];
    output[c] = sum * scale;
  }
}

static const struct kernels NAME(kernels) = {
  LANES, NAME(pack), NAME(pointwise), NAME(depthwise), NAME(mean),
};

#undef EACH_SUM
#undef UNROLLED
