// The test for unknown photos on cosines that can be followed in the head.

import Testing

@testable import DuetEngine

@Suite struct FamiliarityTestTests {
  private func cosines(_ rows: [Float], _ count: Int) -> GramMatrix {
    GramMatrix.dotProducts(of: rows, count: count, dimension: rows.count / count).cosines()
  }

  @Test func itNeedsFivePhotos() {
    #expect(FamiliarityTest(cosines: cosines([1, 0, 0, 1, 1, 0, 0, 1], 4)) == nil)
  }

  /// Everybody's nearest three have cosine 1, and so have theirs: 1 less half of 1.
  @Test func fiveEqualPhotosWantTheSameAgain() throws {
    let test = try #require(FamiliarityTest(cosines: cosines([Float](repeating: 2, count: 10), 5)))
    #expect(abs(test.threshold - 0.5) < 1e-4)
    #expect(test.isKnown(cosines: [1, 1, 1, 1, 1], nearest: [0, 1, 2]))
    #expect(!test.isKnown(cosines: [0.9, 0.9, 0.9, 0.9, 0.9], nearest: [0, 1, 2]))
  }

  /// Beside a crowd (familiarity 0.9) a photo must be nearer than beside loners (familiarity 0.5).
  @Test func crowdsAskForMoreThanLoners() {
    let test = FamiliarityTest(familiarities: [0.9, 0.9, 0.9, 0.5, 0.5, 0.5], threshold: 0.3)
    #expect(!test.isKnown(cosines: [0.7, 0.7, 0.7, 0, 0, 0], nearest: [0, 1, 2]))
    #expect(test.isKnown(cosines: [0, 0, 0, 0.7, 0.7, 0.7], nearest: [3, 4, 5]))
    #expect(!test.isKnown(cosines: [], nearest: []))
  }

  /// The own row is not one's neighbour: five photos at right angles have familiarity 0.
  @Test func nobodyIsItsOwnNeighbour() throws {
    var rows = [Float](repeating: 0, count: 25)
    for row in 0..<5 { rows[row * 6] = 1 }
    let test = try #require(FamiliarityTest(cosines: cosines(rows, 5)))
    #expect(test.familiarities == [0, 0, 0, 0, 0])
    #expect(abs(test.threshold) < 1e-4)
  }
}
