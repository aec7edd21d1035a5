// A model as bytes for the project file, and back. A project may come from anybody, so nothing in the
// bytes is believed: every size is checked before memory is taken and every number before it is used.
// Values; any thread.
//
// Little-endian. version u8 | kind u8 | hasThreshold u8 | 0 | categories u32 | photos u32 | dimension u32 |
// gamma f64 | temperature f64 | threshold f64 | category ids i64... | rows of each category u32... |
// photo ids i64... | features f32... | for each pair: rho f64, slope f64, shift f64, coefficients f64...

import Foundation

extension TrainedModel {
  private static let version: UInt8 = 1
  private static let mostCategories = 1_000
  private static let mostPhotos = 1_000_000
  private static let largestDimension = 65_536

  /// The compact binary form that `init(decoding:)` reads.
  public func encoded() throws -> Data {
    var out = ByteWriter()
    out.put(Self.version)
    out.put(kind == .standard ? UInt8(0) : 1)
    out.put(unknownBelow == nil ? UInt8(0) : 1)
    out.put(UInt8(0))
    for count in [categories.count, photos.count, dimension] { out.put(UInt32(count)) }
    for number in [gamma, temperature, unknownBelow ?? 0] { out.put(number.bitPattern) }
    for category in categories { out.put(category.rawValue) }
    for index in categories.indices { out.put(UInt32(starts[index + 1] - starts[index])) }
    for photo in photos { out.put(photo.rawValue) }
    for feature in features { out.put(feature.bitPattern) }
    for pair in pairs {
      for number in [pair.rho, pair.sigmoid?.slope ?? 0, pair.sigmoid?.shift ?? 0] + pair.coefficients {
        out.put(number.bitPattern)
      }
    }
    return out.data
  }

  /// - Throws: `TrainingError.unreadableModel` unless the bytes are exactly one model of a version known here.
  public init(decoding data: Data) throws {
    var input = ModelReader(data)
    guard try input.next(UInt8.self) == Self.version else { throw TrainingError.unreadableModel }
    let kind: ClassifierKind
    switch try input.next(UInt8.self) {
    case 0: kind = .standard
    case 1: kind = .paper
    default: throw TrainingError.unreadableModel
    }
    let hasThreshold = try input.next(UInt8.self)
    guard hasThreshold <= 1, try input.next(UInt8.self) == 0 else { throw TrainingError.unreadableModel }
    let k = try input.count(in: 2...Self.mostCategories)
    let n = try input.count(in: k...Self.mostPhotos)
    let dimension = try input.count(in: 1...Self.largestDimension)
    // Every category's rows stand in k - 1 pairs. None of these products can overflow within the limits above.
    let rest = 24 + k * 12 + n * 8 + n * dimension * 4 + k * (k - 1) / 2 * 24 + n * (k - 1) * 8
    guard input.remaining == rest else { throw TrainingError.unreadableModel }

    let gamma = try input.number()
    let temperature = try input.number()
    let threshold = try input.number()
    guard gamma > 0, temperature >= Temperature.lowest, temperature <= Temperature.highest else {
      throw TrainingError.unreadableModel
    }
    let categories = try (0..<k).map { _ in CategoryID(try input.next(Int64.self)) }
    var starts = [0]
    for _ in 0..<k { starts.append((starts.last ?? 0) + (try input.count(in: 1...n))) }
    guard Set(categories).count == k, starts.last == n else { throw TrainingError.unreadableModel }
    let photos = try (0..<n).map { _ in PhotoID(try input.next(Int64.self)) }
    let features = try input.floats(n * dimension)
    let pairs = try PairwiseClassifier.pairs(of: k).map { first, second in
      let rows = starts[first + 1] - starts[first] + starts[second + 1] - starts[second]
      let rho = try input.number()
      let sigmoid = PlattSigmoid(slope: try input.number(), shift: try input.number())
      guard kind == .standard || sigmoid.slope < 0 else { throw TrainingError.unreadableModel }
      let coefficients = try (0..<rows).map { _ in
        let value = try input.number()
        guard abs(value) <= kind.cost else { throw TrainingError.unreadableModel }
        return value
      }
      return PairwiseClassifier(
        first: first, second: second, coefficients: coefficients, rho: rho,
        sigmoid: kind == .paper ? sigmoid : nil)
    }
    self.init(
      kind: kind, categories: categories, dimension: dimension, starts: starts, photos: photos,
      features: features, gamma: gamma, pairs: pairs, temperature: temperature,
      unknownBelow: hasThreshold == 1 ? threshold : nil)
  }
}

extension TrainedModel: Codable {
  public init(from decoder: any Decoder) throws {
    try self.init(decoding: try decoder.singleValueContainer().decode(Data.self))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(try encoded())
  }
}

private struct ByteWriter {
  private(set) var data = Data()

  mutating func put(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { data.append(contentsOf: $0) }
  }
}

private struct ModelReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ data: Data) { bytes = Array(data) }

  var remaining: Int { bytes.count - position }

  mutating func next<T: FixedWidthInteger>(_: T.Type) throws -> T {
    let size = MemoryLayout<T>.size
    guard remaining >= size else { throw TrainingError.unreadableModel }
    defer { position += size }
    return bytes.withUnsafeBytes { T(littleEndian: $0.loadUnaligned(fromByteOffset: position, as: T.self)) }
  }

  mutating func count(in range: ClosedRange<Int>) throws -> Int {
    let value = Int(try next(UInt32.self))
    guard range.contains(value) else { throw TrainingError.unreadableModel }
    return value
  }

  mutating func number() throws -> Double {
    let value = Double(bitPattern: try next(UInt64.self))
    guard value.isFinite, abs(value) < 1e12 else { throw TrainingError.unreadableModel }
    return value
  }

  mutating func floats(_ count: Int) throws -> [Float] {
    guard remaining >= count * 4 else { throw TrainingError.unreadableModel }
    var result = [Float]()
    result.reserveCapacity(count)
    for _ in 0..<count {
      let value = Float(bitPattern: try next(UInt32.self))
      guard FeatureLimits.isUsable(value) else { throw TrainingError.unreadableModel }
      result.append(value)
    }
    return result
  }
}
