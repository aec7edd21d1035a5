// The innermost loop of logistic regression: softmax of all photos' scores, its loss and its residual.
// One portable version: the loops below run over photos side by side, so the compiler vectorises them.
#include <math.h>
#include <string.h>
#include "CKernels.h"

enum { BLOCK = 64 };

// exp(x) for x <= 0, to 2 units in the last place: 2^n by the exponent bits, the rest by a polynomial
// (Cephes' coefficients of exp on [-log 2 / 2, log 2 / 2]). Below -87 the result is as good as 0.
static inline float exp_below_zero(float x) {
  x = x < -87.0f ? -87.0f : x;
  const float shifter = 12582912.0f; // 1.5 * 2^23: adding it rounds to an integer
  const float n = (x * 1.44269504f + shifter) - shifter;
  const float f = (x - n * 0.693359375f) + n * 2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * f + 1.3981999507e-3f;
  p = p * f + 8.3334519073e-3f;
  p = p * f + 4.1665795894e-2f;
  p = p * f + 1.6666665459e-1f;
  p = p * f + 5.0000001201e-1f;
  p = p * f * f + f + 1.0f;
  const int32_t bits = ((int32_t)n + 127) << 23;
  float scale;
  memcpy(&scale, &bits, sizeof scale);
  return p * scale;
}

double ck_softmax_residual(const float *scores, const int32_t *labels, const float *weights, long categories,
                           long count, float *residual) {
  double loss = 0;
  for (long start = 0; start < count; start += BLOCK) {
    const long width = count - start < BLOCK ? count - start : BLOCK;
    float largest[BLOCK], sum[BLOCK];
    for (long t = 0; t < width; t++) largest[t] = scores[start + t];
    for (long c = 1; c < categories; c++) {
      const float *row = scores + c * count + start;
      for (long t = 0; t < width; t++) largest[t] = row[t] > largest[t] ? row[t] : largest[t];
    }
    memset(sum, 0, sizeof sum);
    for (long c = 0; c < categories; c++) {
      const float *row = scores + c * count + start;
      float *out = residual + c * count + start;
      for (long t = 0; t < width; t++) {
        out[t] = exp_below_zero(row[t] - largest[t]);
        sum[t] += out[t];
      }
    }
    for (long t = 0; t < width; t++) {
      const float weight = weights[start + t];
      const float own = scores[labels[start + t] * count + start + t];
      loss += weight * (log((double)sum[t]) + (double)largest[t] - (double)own);
      sum[t] = weight / sum[t];
    }
    for (long c = 0; c < categories; c++) {
      float *out = residual + c * count + start;
      for (long t = 0; t < width; t++) out[t] *= sum[t];
    }
    for (long t = 0; t < width; t++) residual[labels[start + t] * count + start + t] -= weights[start + t];
  }
  return loss;
}
