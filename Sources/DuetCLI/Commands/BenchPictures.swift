// The pictures and features that `duet bench` works on, made from seeds, so that two machines do the same work.
// Pure functions; any thread.

import DuetEngine
import Foundation

/// Pictures from a seed: smooth shapes and noise, so that a JPEG of them is neither empty nor all noise.
enum SyntheticPicture {
  /// A 24-bit BMP file.
  static func bitmap(width: Int, height: Int, seed: UInt64) -> Data {
    let stride = (width * 3 + 3) / 4 * 4
    var header = Data("BM".utf8)
    func put(_ value: Int, _ bytes: Int) {
      let number = UInt32(truncatingIfNeeded: value).littleEndian
      withUnsafeBytes(of: number) { header.append(contentsOf: $0.prefix(bytes)) }
    }
    put(54 + stride * height, 4)
    put(0, 4)
    put(54, 4)
    put(40, 4)
    put(width, 4)
    put(height, 4)
    put(1, 2)
    put(24, 2)
    for _ in 0..<6 { put(0, 4) }
    let rgb = image(width: width, height: height, seed: seed).pixels
    var pixels = [UInt8](repeating: 0, count: stride * height)
    for y in 0..<height {
      for x in 0..<width {
        for channel in 0..<3 { pixels[y * stride + x * 3 + channel] = rgb[(y * width + x) * 3 + 2 - channel] }
      }
    }
    return header + Data(pixels)
  }

  /// Slopes in all three channels, a pattern of large shapes, and noise of 4 bits.
  static func image(width: Int, height: Int, seed: UInt64) -> RGBImage {
    var random = SplitMix64(seed: seed)
    var pixels = [UInt8](repeating: 0, count: width * height * 3)
    var place = 0
    for y in 0..<height {
      for x in 0..<width {
        let noise = Int(random.next() & 15)
        let shape = (x / 97 + y / 61) % 3 * 60
        pixels[place] = UInt8(shape + noise)
        pixels[place + 1] = UInt8(y * 120 / height + noise)
        pixels[place + 2] = UInt8(x * 120 / width + noise)
        place += 3
      }
    }
    return RGBImage(width: width, height: height, pixels: pixels)
  }

  /// A JPEG as a camera makes it.
  static func photo(width: Int, height: Int, seed: UInt64) throws -> Data {
    try image(width: width, height: height, seed: seed).jpeg(quality: 90)
  }

  /// 224 x 224 x 3 bytes.
  static func crop(seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    return (0..<224 * 224 * 3).map { _ in UInt8(truncatingIfNeeded: random.next()) }
  }
}

/// Features from a seed: a centre for each category, and photos around it that overlap with others.
enum SyntheticFeatures {
  static func trainingSet(photos: Int, categories: Int, seed: UInt64) -> TrainingSet {
    let dimension = ExtractorID.dimension
    var random = SplitMix64(seed: seed)
    let centres = (0..<categories * dimension).map { _ in Float.random(in: 0...0.6, using: &random) }
    let labels = (0..<photos).map { $0 % categories }
    var features: [Float] = []
    features.reserveCapacity(photos * dimension)
    for label in labels {
      for index in label * dimension..<(label + 1) * dimension {
        features.append(max(0, centres[index] + Float.random(in: -1...1, using: &random)))
      }
    }
    return trainingSet(features: features, labels: labels, categories: categories)
  }

  /// Features and labels as a project would hold them.
  static func trainingSet(features: [Float], labels: [Int], categories: Int) -> TrainingSet {
    TrainingSet(
      categories: (1...max(1, categories)).map { CategoryID(Int64($0)) },
      photos: labels.indices.map { PhotoID(Int64($0)) }, labels: labels, features: features,
      dimension: ExtractorID.dimension)
  }
}
