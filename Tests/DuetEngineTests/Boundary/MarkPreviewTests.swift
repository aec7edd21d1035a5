// What an arrow would do: with and without differ, a good arrow is let be, a bad one is warned of.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct MarkPreviewTests {
  private let set = PointSet.made(PointSetRecipe(.gaussians, count: 40, noise: 0.6, testShare: 0, seed: 3))
  private var settings: BoundarySettings { BoundarySettings(loss: .tips, hidden: [10]) }

  private func effect() throws -> MarkEffect {
    MarkEffect(
      training: BoundaryTraining(settings), set: set, settings: settings, view: FieldView(columns: 8, rows: 8))
  }

  private func mark(to tip: [Double], weight: Double = 1) throws -> Mark {
    let point = try #require(set.points.first { $0.label == 0 })
    return Mark(point: point.id, delta: [tip[0] - point.x[0], tip[1] - point.x[1]], weight: weight)
  }

  @Test func aGoodArrow() throws {
    let preview = try effect().of(try mark(to: [-1.5, -1.5]), beside: [])
    #expect(preview.warning == nil)
    #expect(preview.with != preview.without)
    #expect(try #require(preview.accuracyWith) >= 0.95)
  }

  /// A tip in the middle of its own cloud, as heavy as four points, says that half of its own cloud is the other one.
  @Test func aBadArrowIsWarnedOf() throws {
    let preview = try effect().of(try mark(to: [1.5, 1.5], weight: 4), beside: [])
    let (before, after) = (try #require(preview.accuracyWithout), try #require(preview.accuracyWith))
    #expect(after < before)
    #expect(try #require(preview.warning).contains(String(format: "%.1f", after * 100)))
  }

  @Test func theFieldsAreTrainingsFromWhereThePageStands() throws {
    var settings = settings
    settings.seed = 5
    var training = BoundaryTraining(settings)
    _ = try training.run(20, on: set, marks: [], settings: settings)
    let view = FieldView(columns: 8, rows: 8)
    let mark = try mark(to: [-1.5, -1.5])
    let preview = try MarkEffect(training: training, set: set, settings: settings, view: view).of(mark, beside: [])
    _ = try training.run(MarkEffect.epochs, on: set, marks: [], settings: settings)
    #expect(preview.without == training.field(set.bounds(), columns: 8, rows: 8, of: set))
  }

  @Test func tooFewPointsForCrossValidation() throws {
    var few = set
    few.points = Array(set.points.prefix(5))
    let effect = MarkEffect(
      training: BoundaryTraining(settings), set: few, settings: settings, view: FieldView(columns: 4, rows: 4))
    let preview = try effect.of(Mark(point: few.points[0].id, delta: [1, 0]), beside: [])
    #expect(preview.accuracyWith == nil && preview.accuracyWithout == nil && preview.warning == nil)
    #expect(throws: BoundaryError.noLength) { try effect.of(Mark(point: 0, delta: [0, 0]), beside: []) }
    #expect(throws: BoundaryError.unknownPoint) { try effect.of(Mark(point: 999, delta: [1, 0]), beside: []) }
  }

  @Test func warnsOnlyWhenItIsWorse() {
    #expect(MarkEffect.warning(before: 0.9, after: 0.9) == nil)
    #expect(MarkEffect.warning(before: nil, after: 0.1) == nil)
    #expect(MarkEffect.warning(before: 0.9, after: 0.8)?.contains("80.0") == true)
  }
}
