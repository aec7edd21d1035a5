// Pointwise convolutions, the first layer and the last: a matrix product with packed weights; bias, ReLU6 and residual
// are applied while the sums are still in registers. Swift walks the layers and owns every buffer.
#include "packing.h"
#define KERNEL "product_isa.h"
#include "each_isa.h"

void ck_multiply(int isa, const struct ck_product *product) { FOR_ISA(isa, multiply, product); }
