// Sequential minimal optimisation for one instruction set, written once over vectors of LANES numbers.
//
// Included by smo.c, once an instruction set, with these defined:
//   LANES      doubles in a vector         NAME(n)    the name of function n for this instruction set
// The kernel is single precision, gradients and coefficients are double.

typedef double NAME(d) __attribute__((vector_size(LANES * 8), aligned(8)));
typedef long long NAME(l) __attribute__((vector_size(LANES * 8), aligned(8)));
typedef float NAME(f) __attribute__((vector_size(LANES * 4), aligned(4)));

#define VECTOR(p) (*(NAME(d) *)(p))
#define WIDE(p) __builtin_convertvector(*(const NAME(f) *)(p), NAME(d))
#define CHOSEN(mask, a, b) (((NAME(l))(a) & (mask)) | ((NAME(l))(b) & ~(mask)))

// The largest entry and its place; the first of equals, as a plain loop would have it.
static inline double NAME(best)(NAME(d) values, NAME(l) places, long *place) {
  double best = values[0];
  long long at = places[0];
  for (int i = 1; i < LANES; i++)
    if (values[i] > best || (values[i] == best && places[i] < at)) {
      best = values[i];
      at = places[i];
    }
  *place = at;
  return best;
}

static long NAME(smo)(const float *kernel, const float *diagonal, long stride, double *error, double *coefficients,
                      const double *upper, const double *lower, double *up, double *down, double tolerance,
                      long most_steps) {
  const NAME(d) nothing = (NAME(d)){} - INFINITY;
  NAME(l) lane;
  for (int q = 0; q < LANES; q++) lane[q] = q;
  // up[t] is 0 where the coefficient may rise and -infinity where not; down[t] the same for falling.
  NAME(d) high = nothing;
  NAME(l) high_at = {}, id = lane;
  for (long t = 0; t < stride; t += LANES, id += LANES) {
    const NAME(d) value = VECTOR(error + t) + VECTOR(up + t);
    const NAME(l) better = value > high;
    high = (NAME(d))CHOSEN(better, value, high);
    high_at = CHOSEN(better, id, high_at);
  }
  long steps = 0;
  while (steps < most_steps) {
    long i, j;
    const double highest = NAME(best)(high, high_at, &i);
    if (highest == -INFINITY) break;
    const float *row_i = kernel + i * stride;
    // j: the largest gain (difference^2 / curvature) among those that may fall.
    NAME(d) gain = nothing, lowest = nothing;
    NAME(l) gain_at = {};
    id = lane;
    const double own = diagonal[i];
    for (long t = 0; t < stride; t += LANES, id += LANES) {
      const NAME(d) may = VECTOR(down + t);
      const NAME(d) value = VECTOR(error + t);
      const NAME(d) negative = may - value;
      lowest = (NAME(d))CHOSEN(negative > lowest, negative, lowest);
      NAME(d) curvature = own + WIDE(diagonal + t) - 2 * WIDE(row_i + t);
      curvature = (NAME(d))CHOSEN(curvature > LEAST_CURVATURE, curvature, (NAME(d)){} + LEAST_CURVATURE);
      const NAME(d) difference = highest - value;
      NAME(d) here = difference * difference / curvature + may;
      here = (NAME(d))CHOSEN(difference > 0, here, nothing);
      const NAME(l) better = here > gain;
      gain = (NAME(d))CHOSEN(better, here, gain);
      gain_at = CHOSEN(better, id, gain_at);
    }
    long ignored;
    const double falls = NAME(best)(lowest, lane, &ignored);
    if (NAME(best)(gain, gain_at, &j) == -INFINITY || highest + falls < tolerance) break;
    const float *row_j = kernel + j * stride;
    double curvature = own + (double)diagonal[j] - 2 * (double)row_i[j];
    if (curvature < LEAST_CURVATURE) curvature = LEAST_CURVATURE;
    double change = (highest - error[j]) / curvature;
    const double room_up = upper[i] - coefficients[i], room_down = coefficients[j] - lower[j];
    if (room_up < change) change = room_up;
    if (room_down < change) change = room_down;
    // Bounds are set exactly: a coefficient that misses its bound by rounding would be chosen again and again.
    coefficients[i] = change == room_up ? upper[i] : coefficients[i] + change;
    coefficients[j] = change == room_down ? lower[j] : coefficients[j] - change;
    up[i] = coefficients[i] < upper[i] ? 0 : -INFINITY;
    down[i] = coefficients[i] > lower[i] ? 0 : -INFINITY;
    up[j] = coefficients[j] < upper[j] ? 0 : -INFINITY;
    down[j] = coefficients[j] > lower[j] ? 0 : -INFINITY;
    // The step, and in the same pass the next i.
    high = nothing;
    high_at = (NAME(l)){};
    id = lane;
    for (long t = 0; t < stride; t += LANES, id += LANES) {
      const NAME(d) value = VECTOR(error + t) - change * (WIDE(row_i + t) - WIDE(row_j + t));
      VECTOR(error + t) = value;
      const NAME(d) here = value + VECTOR(up + t);
      const NAME(l) better = here > high;
      high = (NAME(d))CHOSEN(better, here, high);
      high_at = CHOSEN(better, id, high_at);
    }
    steps++;
  }
  return steps;
}

#undef VECTOR
#undef WIDE
#undef CHOSEN
