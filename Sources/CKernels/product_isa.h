// The matrix product behind every convolution but the depthwise ones, for one instruction set; see each_isa.h.
// A register tile is up to TILE_ROWS pixels by one panel: each step multiplies one broadcast input of each pixel with
// a row of the panel, and all sums stay in registers until they are complete.

typedef float NAME(vector) __attribute__((vector_size(LANES * 4), aligned(4)));
typedef float NAME(half) __attribute__((vector_size(LANES * 2), aligned(4)));
typedef int64_t NAME(pairs) __attribute__((vector_size(LANES * 4), aligned(4)));
typedef int64_t NAME(pair) __attribute__((aligned(4), may_alias));

#define EACH_ROW UNROLLED for (int r = 0; r < rows; r++)
#define EACH_VECTOR UNROLLED for (int v = 0; v < vectors; v++)
#define RELU6(x) __builtin_elementwise_min(__builtin_elementwise_max(x, (__typeof__(x)){}), 6.0f - (__typeof__(x)){})

// `rows` and `vectors` are constants wherever this is inlined, so that the sums live in registers.
INLINED void NAME(tile)(const int rows, const int vectors, const struct ck_product *p, const float *input,
                        const float *panel, struct destination to, const float *residual, long limit) {
  typedef NAME(vector) vector;
  const long stride = p->pixel_stride, vector_stride = p->vector_stride;
  vector sum[TILE_ROWS][2];
  EACH_VECTOR {
    const vector bias = *(const vector *)(panel + v * LANES);
    EACH_ROW sum[r][v] = bias;
  }
  panel += vectors * LANES;
  for (long s = 0; s < p->segments; s++, input += p->segment_stride) {
    const float *x = input;
    for (long k = 0; k < p->segment_length; k++, x++, panel += vectors * LANES) {
      vector weights[2];
      EACH_VECTOR weights[v] = *(const vector *)(panel + v * LANES);
      EACH_ROW {
        const vector value = x[r * stride] - (vector){};
        EACH_VECTOR sum[r][v] += value * weights[v];
      }
    }
  }
  if (p->relu6) {
    EACH_ROW EACH_VECTOR sum[r][v] = RELU6(sum[r][v]);
  }
  if (limit == vectors * LANES) {
    if (residual) {
      EACH_ROW EACH_VECTOR sum[r][v] += *(const vector *)(residual + r * p->residual_stride + v * LANES);
    }
    EACH_ROW {
      float *at = pixel_of(to, r);
      EACH_VECTOR *(vector *)(at + v * vector_stride) = sum[r][v];
    }
    return;
  }
  // The last panel of a layer whose channels do not fill it: by way of memory, value by value.
  float values[TILE_ROWS][2 * LANES];
  EACH_ROW EACH_VECTOR *(vector *)(&values[r][v * LANES]) = sum[r][v];
  for (int r = 0; r < rows; r++)
    for (long i = 0; i < limit; i++)
      pixel_of(to, r)[i / LANES * vector_stride + i % LANES] =
          values[r][i] + (residual ? residual[r * p->residual_stride + i] : 0);
}

// The same for a panel of half a vector: even lanes sum up even inputs, odd lanes odd ones.
INLINED void NAME(half_tile)(const int rows, const struct ck_product *p, const float *input, const float *panel,
                             struct destination to, const float *residual, long limit) {
  typedef NAME(vector) vector;
  typedef NAME(half) half;
  const long stride = p->pixel_stride;
  vector sum[TILE_ROWS];
  EACH_ROW sum[r] = *(const vector *)panel;
  panel += LANES;
  for (long s = 0; s < p->segments; s++, input += p->segment_stride) {
    const float *x = input;
    for (long k = 0; k < p->segment_length; k += 2, x += 2, panel += LANES) {
      const vector weights = *(const vector *)panel;
      EACH_ROW {
        const NAME(pairs) value = *(const NAME(pair) *)(x + r * stride) - (NAME(pairs)){};
        sum[r] += (vector)value * weights;
      }
    }
  }
  EACH_ROW {
    half y = __builtin_shufflevector(sum[r], sum[r], EVEN_LANES) + __builtin_shufflevector(sum[r], sum[r], ODD_LANES);
    if (p->relu6) y = RELU6(y);
    if (limit == LANES / 2) {
      if (residual) y += *(const half *)(residual + r * p->residual_stride);
      *(half *)pixel_of(to, r) = y;
    } else {
      float *at = pixel_of(to, r);
      for (long i = 0; i < limit; i++) at[i] = y[i] + (residual ? residual[r * p->residual_stride + i] : 0);
    }
  }
}

#define TILE(r) \
  case r: \
    if (width == 0) NAME(half_tile)(r, p, input, panel, to, residual, limit); \
    else NAME(tile)(r, width, p, input, panel, to, residual, limit); \
    break;

INLINED void NAME(tile_of)(const int width, long rows, const struct ck_product *p, const float *input,
                           const float *panel, struct destination to, const float *residual, long limit) {
  switch (rows) {
    TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6)
#if TILE_ROWS == 14
    TILE(7) TILE(8) TILE(9) TILE(10) TILE(11) TILE(12) TILE(13) TILE(14)
#endif
  }
}

// One function a width of panel, so that each has its own registers.
#define TILES(name, width) \
  static __attribute__((noinline)) void NAME(name)(long rows, const struct ck_product *p, const float *input, \
      const float *panel, struct destination to, const float *residual, long limit) { \
    NAME(tile_of)(width, rows, p, input, panel, to, residual, limit); \
  }
TILES(half_tiles, 0)
TILES(single_tiles, 1)
TILES(double_tiles, 2)

// Panels outside, pixels inside: a panel is read from memory once and stays in the first-level cache.
static void NAME(multiply)(const struct ck_product *p) {
  const long inputs = p->segments * p->segment_length;
  const long jump = p->row_stride - p->row_width * p->output_stride;
  const float *panel = p->packed;
  for (long n = 0; n < p->outputs;) {
    const long columns = ck_panel_columns(LANES, inputs, p->outputs - n);
    const long limit = p->outputs - n < columns ? p->outputs - n : columns;
    struct destination to = {p->output + n / LANES * p->vector_stride, p->output_stride, 0, jump};
    long x = 0, rows = 0;
    for (long m = 0, tiles = (p->pixels + TILE_ROWS - 1) / TILE_ROWS; m < p->pixels; m += rows) {
      // Tiles of about one height, as a low one at the end would wait for its own sums; and across one end of a row.
      const long left = p->pixels - m;
      rows = tiles > 1 ? (left + tiles - 1) / tiles : left;
      tiles--;
      if (rows > TILE_ROWS) rows = TILE_ROWS;
      to.wrap = p->row_width - x;
      if (rows - to.wrap > p->row_width) rows = to.wrap + p->row_width;
      const float *residual = p->residual ? p->residual + m * p->residual_stride + n : 0;
      (columns < LANES ? NAME(half_tiles) : columns == LANES ? NAME(single_tiles) : NAME(double_tiles))(
          rows, p, p->input + m * p->pixel_stride, panel, to, residual, limit);
      to.first += rows * p->output_stride;
      for (x += rows; x >= p->row_width; x -= p->row_width) to.first += jump;
    }
    panel += columns < LANES ? (inputs / 2 + 1) * LANES : (inputs + 1) * columns;
    n += columns;
  }
}

#undef EACH_ROW
#undef EACH_VECTOR
#undef RELU6
#undef TILE
#undef TILES
