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

  @Test func hugeSizesAreRefusedBeforeMemoryIsTaken() throws {
    var data = try model(.standard).encoded()
    data.replaceSubrange(4..<16, with: [UInt8](repeating: 0xff, count: 12))
    #expect(throws: TrainingError.unreadableModel) { try TrainedModel(decoding: data) }
  }
}
