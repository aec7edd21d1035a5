// The inside of laying pictures over each other: reading between pixels, gradients, and the small linear system of a
// Gauss-Newton step. Pure functions; any thread.

/// The two pixels along one side between which a point lies, and how far it is on the way.
struct Taps {
  let first: Int
  let share: Float
  let isInside: Bool

  /// For every pixel of a side, where it lies under `v' = stretch v + shift` (coordinates from -1 to 1).
  static func along(stretch: Float, shift: Float) -> [Taps] {
    let side = PictureSignature.side
    return (0..<side).map { pixel in
      let centre = (Float(pixel) + 0.5) / Float(side) * 2 - 1
      let moved = stretch * centre + shift
      let at = (moved + 1) / 2 * Float(side) - 0.5
      let first = min(side - 2, max(0, Int(at.rounded(.down))))
      return Taps(first: first, share: min(1, max(0, at - Float(first))), isInside: abs(moved) <= 1)
    }
  }

  /// Bilinear between four pixels; `step` numbers a pixel.
  static func value(_ pixels: [Float], _ x: Taps, _ y: Taps, step: Int = 1, offset: Int = 0) -> Float {
    let line = PictureSignature.side * step
    let corner = y.first * line + x.first * step + offset
    let above = pixels[corner] + (pixels[corner + step] - pixels[corner]) * x.share
    let below = pixels[corner + line] + (pixels[corner + line + step] - pixels[corner + line]) * x.share
    return above + (below - above) * y.share
  }
}

/// A brightness picture with its slopes.
struct Gradients {
  private let luma: [Float]
  private let slopeX: [Float]
  private let slopeY: [Float]

  init(_ luma: [Float]) {
    let side = PictureSignature.side
    self.luma = luma
    // Change over half a picture, because coordinates run from -1 to 1.
    func slope(_ a: Int, _ b: Int, _ distance: Int) -> Float {
      (luma[b] - luma[a]) / Float(distance) * Float(side) / 2
    }
    var slopeX: [Float] = []
    var slopeY: [Float] = []
    for y in 0..<side {
      for x in 0..<side {
        let (left, right) = (max(0, x - 1), min(side - 1, x + 1))
        let (up, down) = (max(0, y - 1), min(side - 1, y + 1))
        slopeX.append(slope(y * side + left, y * side + right, right - left))
        slopeY.append(slope(up * side + x, down * side + x, down - up))
      }
    }
    self.slopeX = slopeX
    self.slopeY = slopeY
  }

  /// Adds every pixel's equation `moved + slopes . change = gain * still + offset` and returns the correlation of
  /// the two pictures as they lie now.
  func collect(_ place: PictureAlignment.Place, _ still: [Float], into equations: inout NormalEquations) -> Float {
    let side = PictureSignature.side
    let columns = Taps.along(stretch: place.stretchX, shift: place.shiftX)
    let rows = Taps.along(stretch: place.stretchY, shift: place.shiftY)
    var (count, sumA, sumB, squaresA, squaresB, products): (Float, Float, Float, Float, Float, Float) = (0, 0, 0, 0, 0, 0)
    for y in 0..<side where rows[y].isInside {
      let centreY = (Float(y) + 0.5) / Float(side) * 2 - 1
      for x in 0..<side where columns[x].isInside {
        let centreX = (Float(x) + 0.5) / Float(side) * 2 - 1
        let a = Taps.value(luma, columns[x], rows[y])
        let b = still[y * side + x]
        let dx = Taps.value(slopeX, columns[x], rows[y])
        let dy = Taps.value(slopeY, columns[x], rows[y])
        equations.add((dx * centreX, dx, dy * centreY, dy, -b, -1), -a)
        count += 1
        sumA += a
        sumB += b
        squaresA += a * a
        squaresB += b * b
        products += a * b
      }
    }
    guard count > 0 else { return -1 }
    let lengths = max(0, squaresA - sumA * sumA / count) * max(0, squaresB - sumB * sumB / count)
    return lengths > 0 ? (products - sumA * sumB / count) / lengths.squareRoot() : -1
  }
}

/// `A^T A x = A^T b` for six unknowns: four of the place, gain and offset of the light.
struct NormalEquations {
  private static let size = 6
  /// Keeps the place where it is in pictures that have nothing to hold on to.
  private static let damping: Double = 2500
  private var matrix = [Double](repeating: 0, count: size * size)
  private var right = [Double](repeating: 0, count: size)

  mutating func add(_ row: (Float, Float, Float, Float, Float, Float), _ value: Float) {
    let a = (Double(row.0), Double(row.1), Double(row.2), Double(row.3), Double(row.4), Double(row.5))
    let value = Double(value)
    matrix.withUnsafeMutableBufferPointer { m in
      m[0] += a.0 * a.0
      m[6] += a.1 * a.0
      m[7] += a.1 * a.1
      m[12] += a.2 * a.0
      m[13] += a.2 * a.1
      m[14] += a.2 * a.2
      m[18] += a.3 * a.0
      m[19] += a.3 * a.1
      m[20] += a.3 * a.2
      m[21] += a.3 * a.3
      m[24] += a.4 * a.0
      m[25] += a.4 * a.1
      m[26] += a.4 * a.2
      m[27] += a.4 * a.3
      m[28] += a.4 * a.4
      m[30] += a.5 * a.0
      m[31] += a.5 * a.1
      m[32] += a.5 * a.2
      m[33] += a.5 * a.3
      m[34] += a.5 * a.4
      m[35] += a.5 * a.5
    }
    right.withUnsafeMutableBufferPointer { r in
      r[0] += a.0 * value
      r[1] += a.1 * value
      r[2] += a.2 * value
      r[3] += a.3 * value
      r[4] += a.4 * value
      r[5] += a.5 * value
    }
  }

  /// Changes of stretch x, shift x, stretch y, shift y, then gain and offset; nil where the system is singular.
  func solved() -> [Float]? {
    let n = Self.size
    var factor = matrix
    for i in 0..<4 { factor[i * n + i] += Self.damping }
    for i in 4..<n { factor[i * n + i] += 1e-6 }
    // Cholesky, lower triangle.
    for i in 0..<n {
      for j in 0...i {
        var sum = factor[i * n + j]
        for k in 0..<j { sum -= factor[i * n + k] * factor[j * n + k] }
        if i == j {
          guard sum > 0 else { return nil }
          factor[i * n + i] = sum.squareRoot()
        } else {
          factor[i * n + j] = sum / factor[j * n + j]
        }
      }
    }
    var solution = right
    for i in 0..<n {
      for k in 0..<i { solution[i] -= factor[i * n + k] * solution[k] }
      solution[i] /= factor[i * n + i]
    }
    for i in (0..<n).reversed() {
      for k in i + 1..<n { solution[i] -= factor[k * n + i] * solution[k] }
      solution[i] /= factor[i * n + i]
    }
    return solution.allSatisfy(\.isFinite) ? solution.map(Float.init) : nil
  }
}
