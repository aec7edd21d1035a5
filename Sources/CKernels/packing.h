// How many columns a panel of packed weights has. Shared by packing.c, which writes panels, and product.c, which reads.
#pragma once

/// Columns that the panel which starts `left` columns before the end holds: two vectors, or one, or, at the very end
/// and for an even number of inputs, half a vector.
static inline long ck_panel_columns(long lanes, long inputs, long left) {
  const int halves = inputs % 2 == 0;
  if (halves && left <= lanes / 2) return lanes / 2;
  if (left <= lanes || (halves && left <= lanes + lanes / 2)) return lanes;
  return 2 * lanes;
}
