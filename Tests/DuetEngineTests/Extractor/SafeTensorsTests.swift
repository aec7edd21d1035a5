// Reading and writing of safetensors: what is written comes back; what is damaged is refused with the tensor's name.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct SafeTensorsTests {
  private static let tensors: [String: Tensor] = [
    "floats": Tensor([1.5, -2, .pi] as [Float], shape: [3]),
    "doubles": Tensor([0.1, 1e300] as [Double], shape: [2, 1]),
    "bytes": Tensor([0, 7, 255] as [UInt8], shape: [1, 3]),
    "whole": Tensor([-5, Int64.max] as [Int64], shape: [2]),
    "nothing": Tensor([] as [Float], shape: [0, 4]),
  ]

  private static func file(header: String, data: [UInt8]) -> Data {
    withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) } + Data(header.utf8) + Data(data)
  }

  private func read(_ data: Data) throws -> SafeTensors { try SafeTensors(data, fileName: "f") }

  @Test func whatIsWrittenComesBack() throws {
    let data = try SafeTensors.encode(Self.tensors, metadata: ["made by": "a test"])
    let file = try read(data)
    #expect(try file.floats("floats", shape: [3]) == [1.5, -2, .pi])
    #expect(try file.doubles("doubles", shape: [2, 1]) == [0.1, 1e300])
    #expect(try file.uint8s("bytes") == [0, 7, 255])
    #expect(try file.int64s("whole") == [-5, .max])
    #expect(try file.floats("nothing") == [])
    #expect(try file.doubles("floats")[0] == 1.5 && file.floats("doubles")[0] == 0.1)
    #expect(file.metadata == ["made by": "a test"] && file.entries.count == 5)
    #expect(try SafeTensors.encode(Self.tensors, metadata: ["made by": "a test"]) == data)
  }

  @Test func slicesOfDataAreReadToo() throws {
    let data = try SafeTensors.encode(Self.tensors)
    let slice = (Data([1, 2, 3]) + data).dropFirst(3)
    #expect(try read(slice).uint8s("bytes") == [0, 7, 255])
  }

  @Test func wrongQuestionsAreNamed() throws {
    let file = try read(SafeTensors.encode(Self.tensors))
    #expect(throws: SafeTensorsError.missing(file: "f", tensor: "x", expected: [2])) {
      try file.floats("x", shape: [2])
    }
    #expect(throws: SafeTensorsError.wrongShape(file: "f", tensor: "floats", expected: [4], found: [3])) {
      try file.floats("floats", shape: [4])
    }
    #expect(throws: SafeTensorsError.wrongType(file: "f", tensor: "bytes", expected: "F32")) {
      try file.floats("bytes")
    }
  }

  @Test func everyTruncationIsRefused() throws {
    let data = try SafeTensors.encode(Self.tensors)
    for length in 0..<data.count {
      #expect(throws: SafeTensorsError.self, "\(length)") { try read(data.prefix(length)) }
    }
    // Only the data is short: the tensor is named with its shape.
    #expect(throws: SafeTensorsError.tensorTruncated(file: "f", tensor: "bytes", expected: [1, 3])) {
      try read(data.dropLast())
    }
  }

  @Test(arguments: [
    #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#,  // 8 bytes in 4
    #"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#,
    #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}"#,  // overflows 64 bits
    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#,
    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}"#,
    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}"#,
    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,  // a hole before it
    #"{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}"#,
    #"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}"#,
    #"{"a":5}"#, #"[1,2]"#, "not json", "{}",
  ])
  func badHeaders(header: String) {
    #expect(throws: SafeTensorsError.self) { try read(Self.file(header: header, data: [1, 2, 3, 4])) }
  }

  @Test func headersThatClaimTooMuch() {
    for length in [UInt64.max, UInt64(Int64.max), 1 << 40, 0, 1] {
      let data = withUnsafeBytes(of: length.littleEndian) { Data($0) } + Data(count: 100)
      #expect(throws: SafeTensorsError.notSafeTensors(file: "f")) { try read(data) }
    }
    #expect(throws: SafeTensorsError.truncated(file: "f")) {
      try read(withUnsafeBytes(of: UInt64(1000).littleEndian) { Data($0) } + Data(count: 100))
    }
  }

  @Test func everySentenceNamesFileAndTensor() {
    let errors: [SafeTensorsError] = [
      .unreadable(file: "f.x"), .unwritable(file: "f.x"), .notSafeTensors(file: "f.x"), .truncated(file: "f.x"),
      .tensorTruncated(file: "f.x", tensor: "t.w", expected: [7]),
      .badOffsets(file: "f.x", tensor: "t.w", expected: [7]),
      .missing(file: "f.x", tensor: "t.w", expected: [7]),
      .wrongShape(file: "f.x", tensor: "t.w", expected: [7], found: [8]),
      .wrongType(file: "f.x", tensor: "t.w", expected: "F32"), .notFinite(file: "f.x", tensor: "t.w"),
    ]
    for error in errors { #expect(error.message.contains("f.x") && !error.message.contains("{"), "\(error)") }
    for error in errors[4...7] { #expect(error.message.contains("t.w") && error.message.contains("[7]"), "\(error)") }
  }
}
