// The convolutions of a network of inverted residuals, for three instruction sets. Part of CKernels.h; its rules hold.
//
// `isa` selects the instruction set; pass only one for which ck_supported answered 1. A vector is ck_lanes(isa) floats.
// Maps come in two layouts:
//   plain    [pixels, channels]: the channels of one pixel lie side by side. The narrow maps between blocks.
//   blocked  [channels / lanes, pixels, lanes]: one vector of channels after the other. The wide maps inside a block;
//            a depthwise kernel and a register tile then touch whole cache lines that lie one behind the other.
#pragma once
#include <stdint.h>

enum { CK_PORTABLE = 0, CK_AVX2 = 1, CK_AVX512 = 2 };

/// 1 if this processor runs the kernels of `isa`, else 0.
int ck_supported(int isa);

/// Floats in a vector of `isa`: 16, 8 or 4. A panel of packed weights is two vectors wide.
long ck_lanes(int isa);

/// Number of floats that ck_pack writes for an [inputs, outputs] matrix and its bias.
long ck_packed_count(int isa, long inputs, long outputs);

/// Rearranges weights [inputs, outputs] (row-major) and bias [outputs] into panels of two vectors, each with its bias
/// first; the last may be one vector or half a vector (see packing.c). `packed` is aligned to 64 bytes.
void ck_pack(int isa, long inputs, long outputs, const float *weights, const float *bias, float *packed);

/// A convolution as a matrix product:
/// y[m, n] = activation(bias[n] + sum over k of x[m, k] * w[k, n]) (+ residual[m, n]).
struct ck_product {
  /// Rows of x and y.
  long pixels;
  /// x[m, s * segment_length + i] is input[m * pixel_stride + s * segment_stride + i]: one segment for a plain map,
  /// one a vector of channels for a blocked map, one a row of the window for the first layer.
  const float *input;
  long pixel_stride, segments, segment_length, segment_stride;
  /// Weights as ck_pack left them, or from the start of one of their panels on; and how many columns of y to compute.
  /// Where weights have an even number of inputs, segment_length is even too, or there is only one segment.
  const float *packed;
  long outputs;
  /// Vector v of y[m] goes to output + m / row_width * row_stride + m % row_width * output_stride + v * vector_stride:
  /// any window of a plain or blocked map, also one with a border. row_width is at most `pixels`.
  float *output;
  long row_width, row_stride, output_stride, vector_stride;
  /// NULL, or what is added after the activation: a plain map whose pixels are residual_stride apart.
  const float *residual;
  long residual_stride;
  /// Not 0: the activation is ReLU6, min(max(y, 0), 6). 0: there is none.
  int relu6;
};

void ck_multiply(int isa, const struct ck_product *product);

/// Some rows of a depthwise convolution with ReLU6, for one vector of channels.
struct ck_depthwise {
  /// Side of the kernel (3 or 5) and step (1 or 2).
  long kernel, stride;
  /// Row r of the input, if 0 <= r < side, is ring + (r % ring_rows) * row_floats; any other row is `zeros`. A row has
  /// at least (width - 1) * stride + kernel pixels of one vector.
  const float *ring, *zeros;
  long ring_rows, row_floats, side;
  /// The input row that the first row of the kernel meets in the first output row; may be negative.
  long first_row;
  /// [kernel * kernel, lanes] and [lanes].
  const float *weights, *bias;
  /// [rows, width, lanes].
  float *output;
  long rows, width;
};

void ck_depthwise(int isa, const struct ck_depthwise *layer);

/// Bytes to a network's input: output[i] = input[i] * scale[i] + shift[i].
void ck_normalise(int isa, const uint8_t *input, long count, const float *scale, const float *shift, float *output);

/// The mean over the pixels of a plain map, for `channels` of its channels: global average pooling.
/// Pixels are pixel_stride floats apart.
void ck_mean(int isa, const float *input, long pixels, long pixel_stride, long channels, float *output);

/// Tells the processor that this thread is waiting in a loop.
void ck_relax(void);
