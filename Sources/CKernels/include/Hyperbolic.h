// tanh of many doubles at once. Part of CKernels.h; its rules hold.
#pragma once

/// values[i] = tanh(values[i]) within 2^-51. Infinity and NaN give NaN.
void ck_tanh(double *values, long count);
