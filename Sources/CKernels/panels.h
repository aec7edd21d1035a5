// Products with a matrix that stays the same, for one instruction set, written once over vectors of LANES floats.
//
// Included by panels.c, once an instruction set, with these defined:
//   LANES      floats in a vector          MAX_ROWS   rows in the tallest register tile
//   NAME(n)    the name of function n for this instruction set
// A tile is MAX_ROWS rows by two vectors of columns: as many accumulators as the registers hold.

typedef float NAME(lanes) __attribute__((vector_size(LANES * 4), aligned(4)));

#define UNROLLED _Pragma("clang loop unroll(full)")

// `rows` is a constant wherever this is inlined, so that the accumulators live in registers.
static inline __attribute__((always_inline)) void NAME(panel_tile)(
    const int rows, long inner, const float *a, long stride, const float *panel, float *result, long columns,
    long width) {
  typedef NAME(lanes) lanes;
  lanes sum[MAX_ROWS][2];
  UNROLLED for (int r = 0; r < rows; r++) sum[r][0] = sum[r][1] = (lanes){};
  for (long k = 0; k < inner; k++) {
    const lanes left = *(const lanes *)(panel + k * 2 * LANES);
    const lanes right = *(const lanes *)(panel + k * 2 * LANES + LANES);
    UNROLLED for (int r = 0; r < rows; r++) {
      const lanes x = a[r * stride + k] - (lanes){};
      sum[r][0] += x * left;
      sum[r][1] += x * right;
    }
  }
  if (width == 2 * LANES) {
    UNROLLED for (int r = 0; r < rows; r++) {
      *(lanes *)(result + r * columns) = sum[r][0];
      *(lanes *)(result + r * columns + LANES) = sum[r][1];
    }
    return;
  }
  // The last panel, where columns do not fill it: by way of memory, value by value.
  float values[MAX_ROWS][2 * LANES];
  UNROLLED for (int r = 0; r < rows; r++) {
    *(lanes *)values[r] = sum[r][0];
    *(lanes *)(values[r] + LANES) = sum[r][1];
  }
  for (int r = 0; r < rows; r++)
    for (long i = 0; i < width; i++) result[r * columns + i] = values[r][i];
}

#define TILE_CASE(r) case r: NAME(panel_tile)(r, inner, a, stride, panel, result, columns, width); break;

static __attribute__((noinline)) void NAME(panel_rows)(
    long rows, long inner, const float *a, long stride, const float *panel, float *result, long columns, long width) {
  switch (rows) {
    TILE_CASE(1) TILE_CASE(2) TILE_CASE(3) TILE_CASE(4) TILE_CASE(5) TILE_CASE(6)
#if MAX_ROWS == 14
    TILE_CASE(7) TILE_CASE(8) TILE_CASE(9) TILE_CASE(10) TILE_CASE(11) TILE_CASE(12) TILE_CASE(13) TILE_CASE(14)
#endif
  }
}
#undef TILE_CASE

// Panels outside, rows inside: a panel is read from memory once and stays in the nearest cache that holds it.
static void NAME(panel_product)(
    long rows, long inner, const float *a, long stride, const float *packed, float *result, long columns, long from,
    long to) {
  for (long n = from; n < to; n += 2 * LANES) {
    const float *panel = packed + n * inner;
    const long width = to - n < 2 * LANES ? to - n : 2 * LANES;
    for (long m = 0; m < rows; m += MAX_ROWS)
      NAME(panel_rows)(rows - m < MAX_ROWS ? rows - m : MAX_ROWS, inner, a + m * stride, stride, panel,
                       result + m * columns + n, columns, width);
  }
}

#undef UNROLLED
