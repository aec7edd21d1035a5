// The innermost loops of the extractor and of picture resizing, which Swift cannot vectorise well enough.
//
// Every function is pure: it reads its inputs, writes its output, keeps nothing, allocates nothing, and may be
// called from any thread. No function checks a size: callers do, before a pointer comes here.
// All lengths are counted in elements, not bytes.
// `isa` selects the instruction set; pass only one for which ck_supported answered 1.
#pragma once
#include <stdint.h>
#include "Convolution.h"
#include "Hyperbolic.h"
#include "Peak.h"

/// Weighted sums along the width: output[y, x, :] = sum over k of weights[x * taps + k] * input[y, starts[x] + k, :].
/// input is [height, width, 3], output [height, out_width, 3]. counts[x] of the taps are used; weights have
/// CK_RESAMPLE_BITS fractional bits, lie within -2^26...2^26, and are 0 from counts[x] to the next multiple of 4,
/// which taps is, too. Sums are rounded and clamped to a byte; every instruction set gives the same bytes.
void ck_resample_width(int isa, const uint8_t *input, long height, long width, const int32_t *starts,
                       const int32_t *counts, const int32_t *weights, long taps, uint8_t *output, long out_width);

/// The same along the height, for rows of `row` bytes: input is [height, row], output [out_height, row].
void ck_resample_height(int isa, const uint8_t *input, long row, const int32_t *starts, const int32_t *counts,
                        const int32_t *weights, long taps, uint8_t *output, long out_height);

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

/// Raises every value to the power 3/4 in place, its sign kept: |x|^(1/2) * |x|^(1/4), two exact square roots.
void ck_power_three_quarters(float *values, long count);

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
