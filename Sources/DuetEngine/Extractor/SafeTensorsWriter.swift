// Writing of safetensors files: features for other programs, crops for tests.
// Values; any thread. The same tensors always give the same bytes.

import Foundation

/// An array to be written: its numbers, row-major, and its shape.
public struct Tensor: Sendable, Equatable {
  public let shape: [Int]
  let element: SafeTensors.Element
  let bytes: Data

  /// - Precondition (of every initialiser): the product of `shape` is the count of numbers.
  public init(_ numbers: [Float], shape: [Int]) { self.init(numbers, .float32, shape) }
  public init(_ numbers: [Double], shape: [Int]) { self.init(numbers, .float64, shape) }
  public init(_ numbers: [UInt8], shape: [Int]) { self.init(numbers, .uint8, shape) }
  public init(_ numbers: [Int64], shape: [Int]) { self.init(numbers, .int64, shape) }

  private init<Number>(_ numbers: [Number], _ element: SafeTensors.Element, _ shape: [Int]) {
    precondition(shape.allSatisfy { $0 >= 0 } && shape.reduce(1, *) == numbers.count, "shape must fit the numbers")
    self.shape = shape
    self.element = element
    bytes = numbers.withUnsafeBytes { Data($0) }
  }
}

extension SafeTensors {
  private struct HeaderEntry: Encodable {
    let dtype: String
    let shape: [Int]
    let data_offsets: [Int]
  }

  private enum HeaderField: Encodable {
    case tensor(HeaderEntry)
    case text([String: String])

    func encode(to encoder: any Encoder) throws {
      switch self {
      case .tensor(let entry): try entry.encode(to: encoder)
      case .text(let pairs): try pairs.encode(to: encoder)
      }
    }
  }

  /// The bytes of a file with these tensors, in the order of their names.
  public static func encode(_ tensors: [String: Tensor], metadata: [String: String] = [:]) throws -> Data {
    var fields: [String: HeaderField] = [:]
    if !metadata.isEmpty { fields[SafeTensorsHeader.metadataKey] = .text(metadata) }
    var data = Data()
    // 8-byte numbers first, so that every tensor is aligned for its own size.
    let order = tensors.sorted { ($1.value.element.size, $0.key) < ($0.value.element.size, $1.key) }
    for (name, tensor) in order {
      let start = data.count
      data.append(tensor.bytes)
      fields[name] = .tensor(
        HeaderEntry(dtype: tensor.element.rawValue, shape: tensor.shape, data_offsets: [start, data.count]))
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var header = try encoder.encode(fields)
    while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
    var file = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Data($0) }
    file.append(header)
    file.append(data)
    return file
  }

  /// Writes the tensors to `url`: whole or not at all.
  public static func write(_ tensors: [String: Tensor], metadata: [String: String] = [:], to url: URL) throws {
    do {
      try encode(tensors, metadata: metadata).write(to: url, options: .atomic)
    } catch {
      throw SafeTensorsError.unwritable(file: url.lastPathComponent)
    }
  }
}
