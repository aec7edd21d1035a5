// Reading of safetensors files: named arrays behind a small JSON header. The only weight format that we read,
// because nothing in it can run. The file is untrusted: every length and offset is checked before it is used.
// A value; any thread. Numbers are little-endian, as on every machine that we run on.

import Foundation

/// The arrays of one safetensors file, as a table of names and the bytes behind it.
///
/// Layout: 8 bytes header length (unsigned, little-endian), the header (JSON: name to `dtype`, `shape`,
/// `data_offsets`), then the data, packed without holes. Read with ``floats(_:shape:)`` and its siblings.
public struct SafeTensors: Sendable {
  /// Longest header that is read, in bytes. The header of a 314-tensor network is 40 KB.
  public static let headerLimit = 16 << 20

  public enum Element: String, Sendable, Codable {
    case float32 = "F32"
    case float64 = "F64"
    case uint8 = "U8"
    case int64 = "I64"

    /// Bytes of one number.
    public var size: Int {
      switch self {
      case .float32: 4
      case .float64, .int64: 8
      case .uint8: 1
      }
    }
  }

  /// What the header says of one tensor; `range` are its bytes within the data.
  public struct Entry: Sendable, Equatable {
    public let element: Element
    public let shape: [Int]
    let range: Range<Int>
  }

  /// The file's name, for messages.
  public let fileName: String
  public let entries: [String: Entry]
  /// The free text pairs of the header.
  public let metadata: [String: String]
  private let bytes: Data
  private let dataStart: Int

  /// Reads the whole file at `url`.
  public init(contentsOf url: URL) throws {
    let data: Data
    do {
      data = try Data(contentsOf: url, options: .mappedIfSafe)
    } catch {
      throw SafeTensorsError.unreadable(file: url.lastPathComponent)
    }
    try self.init(data, fileName: url.lastPathComponent)
  }

  /// - Parameter fileName: what messages call these bytes.
  public init(_ data: Data, fileName: String) throws {
    self.fileName = fileName
    bytes = data
    guard data.count >= 8 else { throw SafeTensorsError.truncated(file: fileName) }
    let length = data.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
    guard length >= 2, length <= UInt64(Self.headerLimit) else { throw SafeTensorsError.notSafeTensors(file: fileName) }
    dataStart = 8 + Int(length)
    guard data.count >= dataStart else { throw SafeTensorsError.truncated(file: fileName) }
    let header = data.subdata(in: data.startIndex + 8..<data.startIndex + dataStart)
    let table = try SafeTensorsHeader.parse(header, dataCount: data.count - dataStart, fileName: fileName)
    entries = table.entries
    metadata = table.metadata
  }

  /// The numbers of a tensor as 32-bit floats (64-bit ones are rounded).
  ///
  /// - Parameter shape: what it must have; nil takes any.
  /// - Throws: `SafeTensorsError` that names the tensor and the shape expected.
  public func floats(_ name: String, shape: [Int]? = nil) throws -> [Float] {
    let entry = try entry(name, shape: shape)
    switch entry.element {
    case .float32: return copy(entry, of: Float.self)
    case .float64: return copy(entry, of: Double.self).map { Float($0) }
    default: throw SafeTensorsError.wrongType(file: fileName, tensor: name, expected: "F32")
    }
  }

  /// The numbers of a 64-bit float tensor (32-bit ones are widened).
  public func doubles(_ name: String, shape: [Int]? = nil) throws -> [Double] {
    let entry = try entry(name, shape: shape)
    switch entry.element {
    case .float32: return copy(entry, of: Float.self).map { Double($0) }
    case .float64: return copy(entry, of: Double.self)
    default: throw SafeTensorsError.wrongType(file: fileName, tensor: name, expected: "F64")
    }
  }

  /// The numbers of a byte tensor.
  public func uint8s(_ name: String, shape: [Int]? = nil) throws -> [UInt8] {
    let entry = try entry(name, shape: shape)
    guard entry.element == .uint8 else {
      throw SafeTensorsError.wrongType(file: fileName, tensor: name, expected: "U8")
    }
    return copy(entry, of: UInt8.self)
  }

  /// The numbers of a 64-bit integer tensor.
  public func int64s(_ name: String, shape: [Int]? = nil) throws -> [Int64] {
    let entry = try entry(name, shape: shape)
    guard entry.element == .int64 else {
      throw SafeTensorsError.wrongType(file: fileName, tensor: name, expected: "I64")
    }
    return copy(entry, of: Int64.self)
  }

  private func entry(_ name: String, shape: [Int]?) throws -> Entry {
    guard let entry = entries[name] else {
      throw SafeTensorsError.missing(file: fileName, tensor: name, expected: shape ?? [])
    }
    if let shape, entry.shape != shape {
      throw SafeTensorsError.wrongShape(file: fileName, tensor: name, expected: shape, found: entry.shape)
    }
    return entry
  }

  private func copy<Number: BitwiseCopyable>(_ entry: Entry, of: Number.Type) -> [Number] {
    let count = entry.range.count / MemoryLayout<Number>.stride
    return [Number](unsafeUninitializedCapacity: count) { buffer, written in
      bytes.withUnsafeBytes { all in
        let source = UnsafeRawBufferPointer(rebasing: all[(dataStart + entry.range.lowerBound)...])
        UnsafeMutableRawBufferPointer(buffer).copyMemory(from: .init(rebasing: source[..<entry.range.count]))
      }
      written = count
    }
  }
}
