// The two fills that are made of the picture itself: its border spread into the region, and its own colours smeared.
// Pure functions; any thread but the main one.

extension RGBImage {
  /// Painted pixels take the mean of their neighbours that are known, ring after ring from the border inwards; then
  /// the rings are evened out. Where all is painted, grey.
  func spreadingBorder(_ painted: [Bool]) -> RGBImage {
    var values = pixels.map(Float.init)
    var isKnown = painted.map { !$0 }
    var ring = painted.indices.filter { painted[$0] && neighbours(of: $0).contains { isKnown[$0] } }
    var order: [Int] = []
    while !ring.isEmpty {
      // A ring is computed from the one before alone, so that the order of its pixels does not matter.
      let means = ring.map { mean(of: neighbours(of: $0).filter { isKnown[$0] }, in: values) }
      for (pixel, mean) in zip(ring, means) {
        for channel in 0..<3 { values[pixel * 3 + channel] = mean[channel] }
        isKnown[pixel] = true
      }
      order += ring
      var next: Set<Int> = []
      for pixel in ring { for other in neighbours(of: pixel) where !isKnown[other] { next.insert(other) } }
      ring = next.sorted()
    }
    guard !order.isEmpty else {
      return RGBImage(width: width, height: height, pixels: pixels.indices.map { painted[$0 / 3] ? 128 : pixels[$0] })
    }
    for _ in 0..<Self.evenings {
      for pixel in order {
        let mean = mean(of: neighbours(of: pixel), in: values)
        for channel in 0..<3 { values[pixel * 3 + channel] = mean[channel] }
      }
    }
    return RGBImage(width: width, height: height, pixels: values.map { UInt8(min(255, max(0, $0.rounded()))) })
  }

  /// How often the spread colours are evened out: enough that no ray is left of a coloured spot on the border.
  private static let evenings = 60

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

  private func neighbours(of pixel: Int) -> [Int] {
    let (x, y) = (pixel % width, pixel / width)
    var result: [Int] = []
    if x > 0 { result.append(pixel - 1) }
    if x + 1 < width { result.append(pixel + 1) }
    if y > 0 { result.append(pixel - width) }
    if y + 1 < height { result.append(pixel + width) }
    return result
  }

  private func mean(of neighbours: [Int], in values: [Float]) -> [Float] {
    var sums: [Float] = [0, 0, 0]
    for pixel in neighbours { for channel in 0..<3 { sums[channel] += values[pixel * 3 + channel] } }
    return sums.map { $0 / Float(max(1, neighbours.count)) }
  }
}
