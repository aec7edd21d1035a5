// The bytes of a model, written and read number by number, little-endian. Nothing that is read is believed.
// Values; any thread.

import Foundation

struct ModelWriter {
  private(set) var data = Data()

  mutating func put(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { data.append(contentsOf: $0) }
  }

  mutating func put(_ number: Double) { put(number.bitPattern) }

  mutating func put(_ numbers: [Float]) {
    for number in numbers { put(number.bitPattern) }
  }
}

struct ModelReader {
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
