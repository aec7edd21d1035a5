// Depthwise convolutions with ReLU6: 3x3 and 5x5, strides 1 and 2. Padding is the caller's: rows come with their zeros.
#define KERNEL "depthwise_isa.h"
#include "each_isa.h"

void ck_depthwise(int isa, const struct ck_depthwise *layer) { FOR_ISA(isa, depthwise, layer); }
