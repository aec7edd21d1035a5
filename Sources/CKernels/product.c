// Pointwise convolutions, the first layer and the last: a matrix product with packed weights; bias, ReLU6 and residual
// are applied while the sums are still in registers. Swift walks the layers and owns every buffer.
#include "packing.h"

// Where the pixels of a tile go: one behind the other, and from pixel `wrap` on in the next row.
struct destination {
  float *first;
  long stride, wrap, jump;
};

static inline __attribute__((always_inline)) float *pixel_of(struct destination to, long pixel) {
  return to.first + pixel * to.stride + (pixel >= to.wrap ? to.jump : 0);
}

#define KERNEL "product_isa.h"
#include "each_isa.h"

void ck_multiply(int isa, const struct ck_product *product) { FOR_ISA(isa, multiply, product); }
