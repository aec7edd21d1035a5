// Packs a weight matrix into the panels that ck_multiply walks through front to back.
//
// A panel of one or two vectors is [bias; row 0; row 1; ...]. A panel of half a vector holds two rows of weights in
// one vector, interleaved: {w[0, 0], w[1, 0], w[0, 1], w[1, 1], ...}. A broadcast of two neighbouring inputs then feeds
// both with one multiplication; even and odd lanes are added at the end. 24 channels cost 1.5 vectors so, not 2.
#include "CKernels.h"
#include "packing.h"

long ck_packed_count(int isa, long inputs, long outputs) {
  const long lanes = ck_lanes(isa);
  long count = 0;
  for (long n = 0; n < outputs;) {
    const long columns = ck_panel_columns(lanes, inputs, outputs - n);
    count += columns < lanes ? (inputs / 2 + 1) * lanes : (inputs + 1) * columns;
    n += columns;
  }
  return count;
}

void ck_pack(int isa, long inputs, long outputs, const float *weights, const float *bias, float *packed) {
  const long lanes = ck_lanes(isa);
  for (long n = 0; n < outputs;) {
    const long columns = ck_panel_columns(lanes, inputs, outputs - n);
    if (columns < lanes) {
      for (long k = -2; k < inputs; k += 2)
        for (long j = 0; j < lanes; j++) {
          const long column = n + j / 2, row = k + j % 2;
          float value = 0;
          if (column < outputs && k >= 0) value = weights[row * outputs + column];
          else if (column < outputs && j % 2 == 0) value = bias[column];
          *packed++ = value;
        }
    } else {
      for (long k = -1; k < inputs; k++) {
        const float *from = k < 0 ? bias : weights + k * outputs;
        for (long j = 0; j < columns; j++) *packed++ = n + j < outputs ? from[n + j] : 0;
      }
    }
    n += columns;
  }
}
