// The innermost loops of the extractor and of picture resizing, which Swift cannot vectorise well enough.
//
// Every function is pure: it reads its inputs, writes its output, keeps nothing, allocates nothing, and may be
// called from any thread. No function checks a size: callers do, before a pointer comes here.
// Maps are NHWC: the channels of one pixel lie side by side. All lengths are counted in elements, not bytes.
// `isa` selects the instruction set; pass only one for which ck_supported answered 1.
#pragma once
#include <stdint.h>

enum { CK_PORTABLE = 0, CK_AVX2 = 1, CK_AVX512 = 2 };

/// 1 if this processor runs the kernels of `isa`, else 0.
int ck_supported(int isa);

/// Number of floats that ck_pack writes for a [inputs, outputs] matrix and its bias.
long ck_packed_count(int isa, long inputs, long outputs);

/// Rearranges weights [inputs, outputs] (row-major) and bias [outputs] into panels as wide as one register tile.
/// Each panel starts with its bias; missing columns of the last panel are zero. `packed` is 64-byte aligned.
void ck_pack(int isa, long inputs, long outputs, const float *weights, const float *bias, float *packed);

/// 1x1 convolution: output[m, :] = activation(bias + input[m, :] * weights) (+ residual[m, :]).
/// input is [pixels, inputs]. The output of pixel m starts at
/// output + (m / row_width) * row_stride + (m % row_width) * outputs, so rows may be written into a padded map.
/// relu6 != 0 clamps to 0...6. residual, [pixels, outputs], may be NULL; it is added after the clamp.
void ck_pointwise(int isa, long pixels, long inputs, long outputs, const float *input, const float *packed,
                  float *output, long row_width, long row_stride, const float *residual, int relu6);

/// One output row of a depthwise convolution with ReLU6.
/// rows: `kernel` (3 or 5) pointers to padded input rows, each (width - 1) * stride + kernel pixels of `channels`.
/// weights are [kernel * kernel, channels], bias [channels], output [width, channels]; stride is 1 or 2.
void ck_depthwise_row(int isa, long kernel, long stride, const float *const *rows, const float *weights,
                      const float *bias, float *output, long width, long channels);

/// The mean over `pixels` of a [pixels, channels] map: global average pooling.
void ck_mean(int isa, const float *input, long pixels, long channels, float *output);

/// The 3x3 patches of stride 2 that one output row of a first layer looks at.
/// crop is [side, side, 3]; table, [3, 256], turns a byte of each channel into the network's input.
/// output is [side / 2, 27] in the order (y, x, channel); what lies outside the crop is 0.
void ck_stem_patches(const uint8_t *crop, long side, const float *table, long row, long pad, float *output);

/// Weighted sums along the width: output[y, x, :] = sum over k of weights[x * taps + k] * input[y, starts[x] + k, :].
/// input is [height, width, 3], output [height, out_width, 3]. counts[x] of the taps are used; weights have
/// CK_RESAMPLE_BITS fractional bits.
void ck_resample_width(const uint8_t *input, long height, long width, const int32_t *starts, const int32_t *counts,
                       const int32_t *weights, long taps, uint8_t *output, long out_width);

/// The same along the height, for rows of `row` bytes: input is [height, row], output [out_height, row].
/// sums is scratch memory for `row` numbers.
void ck_resample_height(const uint8_t *input, long row, const int32_t *starts, const int32_t *counts,
                        const int32_t *weights, long taps, int32_t *sums, uint8_t *output, long out_height);

enum { CK_RESAMPLE_BITS = 22 };

/// Copies [height, width] pixels of 3 or 4 channels, whose rows start `stride` bytes apart, to packed RGB.
/// A fourth channel is opacity, not premultiplied: the picture is laid over white.
void ck_over_white(const uint8_t *input, long stride, long channels, long width, long height, uint8_t *output);

/// Turns or mirrors a [height, width, 3] picture. orientation is Exif's, 1...8; for 5...8 the output is
/// [width, height, 3], else it has the input's shape.
void ck_orient(const uint8_t *input, long width, long height, int orientation, uint8_t *output);

/// The multinomial cross-entropy `sum_t weights[t] (log sum_c exp(scores[c, t]) - scores[labels[t], t])`, returned, and
/// its derivative `weights[t] (softmax(scores)[c, t] - [c == labels[t]])`, written to residual.
/// scores and residual are [categories, count]; labels and weights have count entries.
double ck_softmax_residual(const float *scores, const int32_t *labels, const float *weights, long categories,
                           long count, float *residual);

/// Columns in one panel of a packed matrix.
long ck_panel_width(int isa);

/// Number of floats that ck_panel_pack writes for an [inner, columns] matrix.
long ck_panel_count(int isa, long inner, long columns);

/// Rearranges an [inner, columns] matrix, whose element (k, j) is matrix[k * row_stride + j * column_stride], into
/// panels of ck_panel_width columns; missing columns of the last panel are zero. `packed` is 64-byte aligned.
void ck_panel_pack(int isa, long inner, long columns, const float *matrix, long row_stride, long column_stride,
                   float *packed);

/// result[:, from..<to] = a * matrix[:, from..<to] for a packed [inner, columns] matrix; `from` is the first column
/// of a panel. a is [rows, inner] with rows `stride` apart, result is [rows, columns].
void ck_panel_product(int isa, long rows, long inner, const float *a, long stride, const float *packed, float *result,
                      long columns, long from, long to);

/// Trains one two-category support vector machine: moves two coefficients at a time until no pair violates
/// optimality by more than `tolerance`; returns the number of moves.
/// kernel is [rows, stride] with zeros beyond the rows, diagonal its diagonal; all arrays have `stride` entries, a
/// multiple of 8. error holds y - kernel * coefficients on entry and on return. up (down) is 0 where a coefficient
/// may rise (fall), -infinity where not and beyond the rows; upper and lower are the bounds.
long ck_smo(int isa, const float *kernel, const float *diagonal, long stride, double *error, double *coefficients,
            const double *upper, const double *lower, double *up, double *down, double tolerance, long most_steps);

/// One row of the rbf kernel: row[j] = exp(-gamma max(0, own + squared[j] - 2 dots[j])).
void ck_rbf_row(const float *dots, const float *squared, float own, double gamma, long count, float *row);
