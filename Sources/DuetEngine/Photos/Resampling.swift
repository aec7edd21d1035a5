// Resizing with antialiasing: weighted sums along rows, then along columns, in 8 bit, with the filter stretched by
// the shrinking factor so that every source pixel counts. The arithmetic is that of Pillow's `Image.resize`, which
// the extractors were measured with. Values; any thread.

import CKernels
import Foundation

/// The curve that weighs the source pixels around a target pixel.
public enum ResamplingFilter: Sendable {
  /// Triangle, support 1.
  case bilinear
  /// Cubic convolution (Keys 1981) with a = -0.5, support 2.
  case bicubic

  var support: Double {
    switch self {
    case .bilinear: 1
    case .bicubic: 2
    }
  }

  func value(_ x: Double) -> Double {
    let x = abs(x)
    switch self {
    case .bilinear: return max(0, 1 - x)
    case .bicubic:
      if x < 1 { return (1.5 * x - 2.5) * x * x + 1 }
      if x < 2 { return ((-0.5 * x + 2.5) * x - 4) * x + 2 }
      return 0
    }
  }
}

/// The weights of one direction: for each target pixel where its source pixels start, how many, and their weights
/// with `CK_RESAMPLE_BITS` fractional bits. The sums along a direction are 1.
struct ResamplingWeights {
  let starts: [Int32]
  let counts: [Int32]
  let weights: [Int32]
  /// Places for weights of one target pixel: a multiple of 4, the unused ones 0, as the kernels want them.
  let taps: Int

  /// - Parameter targets: which pixels of the resized side are wanted.
  init(source: Int, resized: Int, targets: Range<Int>, filter: ResamplingFilter) {
    precondition(source > 0 && resized > 0 && targets.lowerBound >= 0 && targets.upperBound <= resized)
    let scale = Double(source) / Double(resized)
    let stretch = max(scale, 1)
    let support = filter.support * stretch
    taps = (Int(support.rounded(.up)) * 2 + 1 + 3) / 4 * 4
    var starts: [Int32] = []
    var counts: [Int32] = []
    var weights = [Int32](repeating: 0, count: targets.count * taps)
    for (place, target) in targets.enumerated() {
      let centre = (Double(target) + 0.5) * scale
      let first = max(0, Int(centre - support + 0.5))
      let last = min(source, Int(centre + support + 0.5))
      let values = (first..<last).map { filter.value((Double($0) - centre + 0.5) / stretch) }
      let sum = values.reduce(0, +)
      for (index, value) in values.enumerated() {
        let fixed = value / sum * Double(1 << CK_RESAMPLE_BITS)
        weights[place * taps + index] = Int32(fixed.rounded(.toNearestOrAwayFromZero))
      }
      starts.append(Int32(first))
      counts.append(Int32(last - first))
    }
    self.starts = starts
    self.counts = counts
    self.weights = weights
  }
}

extension RGBImage {
  /// The picture at another size.
  public func resized(width newWidth: Int, height newHeight: Int, filter: ResamplingFilter) -> RGBImage {
    resized(width: newWidth, height: newHeight, columns: 0..<newWidth, rows: 0..<newHeight, filter: filter)
  }

  /// The middle `side` x `side` pixels of the picture after its shorter side became `shortSide`, as torchvision's
  /// `Resize` and `CenterCrop` have it: the longer side is cut down to a whole pixel, the offset rounds to even.
  ///
  /// - Returns: [side, side, 3] bytes.
  public func centreCrop(side: Int, shortSide: Int, filter: ResamplingFilter) -> [UInt8] {
    precondition(side > 0 && side <= shortSide, "the crop lies inside the resized picture")
    let newWidth = width <= height ? shortSide : shortSide * width / height
    let newHeight = width <= height ? shortSide * height / width : shortSide
    let left = Int((Double(newWidth - side) / 2).rounded(.toNearestOrEven))
    let top = Int((Double(newHeight - side) / 2).rounded(.toNearestOrEven))
    return resized(
      width: newWidth, height: newHeight, columns: left..<left + side, rows: top..<top + side, filter: filter
    ).pixels
  }

  /// A part of the resized picture; only what it needs is computed.
  private func resized(
    width newWidth: Int, height newHeight: Int, columns: Range<Int>, rows: Range<Int>, filter: ResamplingFilter
  ) -> RGBImage {
    if newWidth == width, newHeight == height, columns == 0..<width, rows == 0..<height { return self }
    let plan = Resampling(
      across: ResamplingWeights(source: width, resized: newWidth, targets: columns, filter: filter),
      down: ResamplingWeights(source: height, resized: newHeight, targets: rows, filter: filter))
    return pixels.withUnsafeBufferPointer { pixels in
      plan.run(sourceWidth: width, stripRows: height) { rows, use in
        if let base = pixels.baseAddress { use(base + rows.lowerBound * width * 3) }
      }
    }
  }
}

/// Both directions together. The source comes in strips of rows, so that a big one need not lie there as RGB.
struct Resampling {
  let across: ResamplingWeights
  let down: ResamplingWeights
  /// Changes the speed only; every set gives the same bytes.
  var instructionSet = Self.fastest

  private static let fastest = InstructionSet.best

  /// - Parameters:
  ///   - stripRows: most rows that `strip` is asked for at a time.
  ///   - strip: hands a pointer to packed RGB rows of `sourceWidth` pixels to the closure that it is given.
  func run(
    sourceWidth: Int, stripRows: Int, strip: (_ rows: Range<Int>, _ use: (UnsafePointer<UInt8>) -> Void) -> Void
  ) -> RGBImage {
    // Source rows that the wanted target rows look at.
    let first = Int(down.starts.min() ?? 0)
    let last = zip(down.starts, down.counts).map { Int($0 + $1) }.max() ?? first
    let columns = across.starts.count
    let row = columns * 3
    let narrow = [UInt8](unsafeUninitializedCapacity: (last - first) * row) { output, written in
      for start in stride(from: first, to: last, by: stripRows) {
        let end = min(last, start + stripRows)
        strip(start..<end) { input in
          ck_resample_width(
            instructionSet.code, input, end - start, sourceWidth, across.starts, across.counts, across.weights, across.taps,
            output.baseAddress.map { $0 + (start - first) * row }, columns)
        }
      }
      written = (last - first) * row
    }
    let height = down.starts.count
    let result = [UInt8](unsafeUninitializedCapacity: height * row) { output, written in
      ck_resample_height(
        instructionSet.code, narrow, row, down.starts.map { $0 - Int32(first) }, down.counts, down.weights, down.taps,
        output.baseAddress, height)
      written = height * row
    }
    return RGBImage(width: columns, height: height, pixels: result)
  }
}
