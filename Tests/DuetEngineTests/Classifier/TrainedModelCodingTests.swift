// A model's bytes: there and back, and no damaged byte gets through to a crash.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct TrainedModelCodingTests {
  private func model(_ kind: ClassifierKind) throws -> TrainedModel {
    try Trainer.train(SyntheticPhotos(counts: [4, 3, 5], dimension: 4, seed: 2).set, kind: kind)
  }

  @Test(arguments: ClassifierKind.allCases) func roundTrip(kind: ClassifierKind) throws {
    let model = try model(kind)
    let copy = try TrainedModel(decoding: model.encoded())
    #expect(copy == model)
    #expect(copy.predict([0.1, 0.9, 0.4, 0.3]) == model.predict([0.1, 0.9, 0.4, 0.3]))
    let json = try JSONDecoder().decode(TrainedModel.self, from: JSONEncoder().encode(model))
    #expect(json == model)
  }

  @Test func everyShorterOrLongerFileIsRefused() throws {
    let data = try model(.paper).encoded()
    for length in 0..<data.count {
      #expect(throws: TrainingError.unreadableModel) { try TrainedModel(decoding: data.prefix(length)) }
    }
    #expect(throws: TrainingError.unreadableModel) { try TrainedModel(decoding: data + [0]) }
  }

  @Test func anotherVersionIsRefused() throws {
    var data = try model(.standard).encoded()
    data[0] = 3
    #expect(throws: TrainingError.unreadableModel) { try TrainedModel(decoding: data) }
  }

  /// Each byte overwritten in turn: refused, or a model that still answers with probabilities.
  @Test(arguments: ClassifierKind.allCases) func damagedBytesNeverCrash(kind: ClassifierKind) throws {
    let data = try model(kind).encoded()
    var refused = 0
    for position in data.indices {
      for value in [UInt8(0), 0x7f, 0xff] where data[position] != value {
        var damaged = data
        damaged[position] = value
        guard let model = try? TrainedModel(decoding: damaged) else {
          refused += 1
          continue
        }
        let bars = model.predict([0.1, 0.9, 0.4, 0.3]).bars.map(\.probability)
        #expect(bars.allSatisfy { $0 >= 0 && $0 <= 1 } && abs(bars.reduce(0, +) - 1) < 1e-9, "byte \(position)")
      }
    }
    #expect(refused > 50)
  }

  /// A model of the first version, byte by byte: its standard recipe was the support vector machine.
  @Test func modelsOfTheFirstVersionAreStillRead() throws {
    var bytes = Data([1, 0, 1, 0])
    func put(_ value: some FixedWidthInteger) {
      withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }
    for size: UInt32 in [2, 2, 2] { put(size) }
    for number in [0.5, 1.0, 0.8] { put(number.bitPattern) }
    for category: Int64 in [11, 12] { put(category) }
    for rows: UInt32 in [1, 1] { put(rows) }
    for photo: Int64 in [21, 22] { put(photo) }
    for feature: Float in [1, 0, 0, 1] { put(feature.bitPattern) }
    for number in [0.0, 0, 0, 2, -2] { put(number.bitPattern) }
    let model = try TrainedModel(decoding: bytes)
    #expect(model.kind == .svm && model.categories == [CategoryID(11), CategoryID(12)])
    // Decision 2 - 2 exp(-0.5 * 2), halved for each side, at temperature 1.
    let decision = 2 - 2 * exp(-1.0)
    let answer = model.predict([3, 0])
    #expect(abs(answer.bars[0].probability - 1 / (1 + exp(-decision))) < 1e-6)
    // The mean cosine to both photos is 1/2, below the threshold.
    #expect(!answer.known)
    #expect(try TrainedModel(decoding: model.encoded()) == model)
    for length in 0..<bytes.count {
      #expect(throws: TrainingError.unreadableModel) { try TrainedModel(decoding: bytes.prefix(length)) }
    }
  }

  @Test func hugeSizesAreRefusedBeforeMemoryIsTaken() throws {
    var data = try model(.standard).encoded()
    data.replaceSubrange(4..<16, with: [UInt8](repeating: 0xff, count: 12))
    #expect(throws: TrainingError.unreadableModel) { try TrainedModel(decoding: data) }
  }
}
