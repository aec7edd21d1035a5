// The header of a safetensors file: from JSON to checked entries, and back.
// Values; any thread. Everything in here is untrusted until `parse` returned.

import Foundation

/// Turns the JSON of a header into entries whose ranges lie inside the data, one after the other without a gap.
enum SafeTensorsHeader {
  static let metadataKey = "__metadata__"

  struct Table {
    var entries: [String: SafeTensors.Entry] = [:]
    var metadata: [String: String] = [:]
  }

  /// One value of the header's object: a tensor, or the text pairs under `__metadata__`.
  private enum Field: Decodable {
    case tensor(dtype: String, shape: [Int], offsets: [Int])
    case text([String: String])

    private enum Key: String, CodingKey { case dtype, shape, offsets = "data_offsets" }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: Key.self)
      if let dtype = try? values.decode(String.self, forKey: .dtype),
        let shape = try? values.decode([Int].self, forKey: .shape),
        let offsets = try? values.decode([Int].self, forKey: .offsets)
      {
        self = .tensor(dtype: dtype, shape: shape, offsets: offsets)
      } else {
        self = .text(try decoder.singleValueContainer().decode([String: String].self))
      }
    }
  }

  static func parse(_ json: Data, dataCount: Int, fileName: String) throws -> Table {
    guard let fields = try? JSONDecoder().decode([String: Field].self, from: json) else {
      throw SafeTensorsError.notSafeTensors(file: fileName)
    }
    var table = Table()
    for (name, field) in fields {
      switch field {
      case .text(let pairs):
        guard name == metadataKey else { throw SafeTensorsError.notSafeTensors(file: fileName) }
        table.metadata = pairs
      case .tensor(let dtype, let shape, let offsets):
        guard let element = SafeTensors.Element(rawValue: dtype) else {
          throw SafeTensorsError.wrongType(file: fileName, tensor: name, expected: "F32, F64, U8, I64")
        }
        guard let size = byteCount(shape, element), offsets.count == 2, offsets[0] >= 0, offsets[1] >= offsets[0],
          offsets[1] - offsets[0] == size
        else { throw SafeTensorsError.badOffsets(file: fileName, tensor: name, expected: shape) }
        table.entries[name] = .init(element: element, shape: shape, range: offsets[0]..<offsets[1])
      }
    }
    var end = 0
    for (name, entry) in table.entries.sorted(by: comesBefore) {
      guard entry.range.lowerBound == end else {
        throw SafeTensorsError.badOffsets(file: fileName, tensor: name, expected: entry.shape)
      }
      end = entry.range.upperBound
      guard end <= dataCount else {
        throw SafeTensorsError.tensorTruncated(file: fileName, tensor: name, expected: entry.shape)
      }
    }
    guard end == dataCount else { throw SafeTensorsError.notSafeTensors(file: fileName) }
    return table
  }

  /// The order in the file; empty tensors before what starts where they do, then by name.
  private static func comesBefore(_ a: Named, _ b: Named) -> Bool {
    let (first, second) = (a.value.range, b.value.range)
    return (first.lowerBound, first.upperBound, a.key) < (second.lowerBound, second.upperBound, b.key)
  }

  private typealias Named = (key: String, value: SafeTensors.Entry)

  /// Bytes of a tensor; nil where a side is negative or the product leaves 64 bits.
  private static func byteCount(_ shape: [Int], _ element: SafeTensors.Element) -> Int? {
    var total = element.size
    for side in shape {
      guard side >= 0 else { return nil }
      let (product, overflow) = total.multipliedReportingOverflow(by: side)
      guard !overflow else { return nil }
      total = product
    }
    return total
  }
}
