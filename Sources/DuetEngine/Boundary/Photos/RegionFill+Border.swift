// The two fills that are made of the picture itself: its border spread into the region, and its own colours smeared.
// Pure functions; any thread but the main one.

extension RGBImage {
  /// Longest side on which colours are spread, in pixels: they come out smooth, so no more is needed.
  private static let spreadingSide = 192
  /// How often the spread colours are evened out: enough that no ray is left of a coloured spot on the border.
  private static let evenings = 60

  /// Painted pixels take the mean of their neighbours that are known, ring after ring from the border inwards; then
  /// the rings are evened out. Done on a small copy and brought back to size. Where all is painted, grey.
  func spreadingBorder(_ painted: [Bool]) -> RGBImage {
    let (w, h) = RGBImage.size(width, height, within: Self.spreadingSide)
    let small = SpreadColours(known: sums(besides: painted, width: w, height: h), width: w, height: h)
      .spread(evenings: Self.evenings).resized(width: width, height: height, filter: .bilinear)
    return RGBImage(
      width: width, height: height,
      pixels: pixels.indices.map { painted[$0 / 3] ? small.pixels[$0] : pixels[$0] })
  }

  /// A small copy: for each pixel the sum of those under it that are not painted, and how many they are.
  private func sums(besides painted: [Bool], width w: Int, height h: Int) -> [SIMD4<Float>] {
    var sums = [SIMD4<Float>](repeating: .zero, count: w * h)
    for y in 0..<height {
      for x in 0..<width where !painted[y * width + x] {
        let at = (y * width + x) * 3
        sums[(y * h / height) * w + x * w / width] += SIMD4(
          Float(pixels[at]), Float(pixels[at + 1]), Float(pixels[at + 2]), 1)
      }
    }
    return sums
  }

  /// Painted pixels take the mean of a square around them, three times over, which is near to a Gaussian blur.
  func smeared(_ painted: [Bool]) -> RGBImage {
    let area = max(1, painted.count { $0 })
    // Half of the side of a square as large as the region: no form inside of it is left.
    let reach = max(2, Int(Double(area).squareRoot() / 2))
    var blurred = self
    for _ in 0..<3 { blurred = blurred.boxBlurred(reach) }
    return RGBImage(
      width: width, height: height,
      pixels: pixels.indices.map { painted[$0 / 3] ? blurred.pixels[$0] : pixels[$0] })
  }

  /// Every pixel's mean over `2 reach + 1` columns and rows, cut off at the border.
  private func boxBlurred(_ reach: Int) -> RGBImage {
    func pass(_ source: [UInt8], lines: Int, length: Int, line: Int, step: Int) -> [UInt8] {
      var result = source
      for index in 0..<lines {
        for channel in 0..<3 {
          let start = index * line + channel
          var (sum, count) = (0, 0)
          for at in 0..<min(reach, length) {
            sum += Int(source[start + at * step])
            count += 1
          }
          for at in 0..<length {
            if at + reach < length {
              sum += Int(source[start + (at + reach) * step])
              count += 1
            }
            if at > reach {
              sum -= Int(source[start + (at - reach - 1) * step])
              count -= 1
            }
            result[start + at * step] = UInt8((sum + count / 2) / count)
          }
        }
      }
      return result
    }
    let across = pass(pixels, lines: height, length: width, line: width * 3, step: 3)
    let down = pass(across, lines: width, length: height, line: 3, step: width * 3)
    return RGBImage(width: width, height: height, pixels: down)
  }
}

/// Colours that spread into the pixels where none is known.
private struct SpreadColours {
  /// Red, green, blue.
  private var values: [SIMD4<Float>]
  private var isKnown: [Bool]
  private let width: Int
  private let height: Int

  /// - Parameter known: sums of red, green and blue, and of how many pixels; 0 of them: unknown.
  init(known: [SIMD4<Float>], width: Int, height: Int) {
    values = known.map { $0.w > 0 ? $0 / $0.w : SIMD4(repeating: 128) }
    isKnown = known.map { $0.w > 0 }
    self.width = width
    self.height = height
  }

  func spread(evenings: Int) -> RGBImage {
    var next = self
    var order: [Int] = []
    var waiting = isKnown.indices.filter { !isKnown[$0] }
    while !waiting.isEmpty {
      // A ring is computed from the ones before alone, so that the order of its pixels does not matter.
      let ring = waiting.compactMap { pixel in next.mean(around: pixel, knownOnly: true).map { (pixel, $0) } }
      guard !ring.isEmpty else { break }
      for (pixel, mean) in ring { (next.values[pixel], next.isKnown[pixel]) = (mean, true) }
      order += ring.map(\.0)
      waiting.removeAll { next.isKnown[$0] }
    }
    for _ in 0..<evenings {
      for pixel in order { if let mean = next.mean(around: pixel, knownOnly: false) { next.values[pixel] = mean } }
    }
    return RGBImage(
      width: width, height: height,
      pixels: next.values.flatMap { value in (0..<3).map { UInt8(min(255, max(0, value[$0].rounded()))) } })
  }

  private func mean(around pixel: Int, knownOnly: Bool) -> SIMD4<Float>? {
    let (x, y) = (pixel % width, pixel / width)
    var sum = SIMD4<Float>.zero
    var count: Float = 0
    func add(_ other: Int) {
      guard !knownOnly || isKnown[other] else { return }
      sum += values[other]
      count += 1
    }
    if x > 0 { add(pixel - 1) }
    if x + 1 < width { add(pixel + 1) }
    if y > 0 { add(pixel - width) }
    if y + 1 < height { add(pixel + width) }
    return count > 0 ? sum / count : nil
  }
}
