// Nearest training photos, and which photos are held out together.

import Testing

@testable import DuetEngine

@Suite struct NeighbourTests {
  @Test func nearestAreSortedAndTheFirstOfEqualsWins() {
    #expect(Neighbours.nearest([0.1, 0.9, 0.5, 0.9, 0.7]) == [1, 3, 4])
    #expect(Neighbours.nearest([0.1, 0.9, 0.5, 0.9, 0.7], except: 1) == [3, 4, 2])
    #expect(Neighbours.nearest([0.5]) == [0])
    #expect(Neighbours.nearest([]).isEmpty)
  }

  @Test func percentileIsLinearBetweenValues() {
    #expect(Neighbours.percentile([3, 1, 2], 0.05) == 1.1)
    #expect(Neighbours.percentile([4], 0.05) == 4)
  }

  @Test func copiesAreHeldOutTogetherAndALoneGroupNever() {
    // Category 0: rows 0, 1 equal and row 2; category 1: rows 3, 4 equal.
    let rows: [Float] = [1, 0, 2, 0, 0, 1, 1, 1, 1, 1]
    let cosines = GramMatrix.dotProducts(of: rows, count: 5, dimension: 2).cosines()
    let groups = CalibrationFolds.groups(starts: [0, 3, 5], cosines: cosines)
    #expect(groups == [0, 0, 2, 3, 3])
    #expect(CalibrationFolds.assign(starts: [0, 3, 5], groups: groups) == [0, 0, 1, -1, -1])
  }

  @Test func foldsAreDealtOutInTurn() {
    #expect(CalibrationFolds.assign(starts: [0, 5], groups: [0, 1, 2, 3, 4], limit: 3) == [0, 1, 2, 0, 1])
  }
}
