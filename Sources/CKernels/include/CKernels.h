// The innermost loops of the extractor and of picture resizing, which Swift cannot vectorise well enough.
//
// Every function is pure: it reads its inputs, writes its output, keeps nothing, allocates nothing, and may be
// called from any thread. No function checks a size: callers do, before a pointer comes here.
// All lengths are counted in elements, not bytes.
// `isa` selects the instruction set; pass only one for which ck_supported answered 1.
#pragma once
#include <stdint.h>
#include "Convolution.h"
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
