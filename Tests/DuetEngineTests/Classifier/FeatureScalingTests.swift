// What is done to features before a classifier sees them, for every length around the width of a vector.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct FeatureScalingTests {
  @Test(arguments: [1, 2, 15, 16, 17, 33]) func rootIsThePowerThreeQuartersAtUnitLength(dimension: Int) {
    var row: [Float] = []
    var raised: [Double] = []
    for index in 0..<dimension {
      let value = Double(index) * 0.75 + 0.125
      let isBelow = index % 5 == 3
      row.append(Float(isBelow ? -value : value))
      raised.append((isBelow ? -1.0 : 1.0) * pow(value, 0.75))
    }
    var squared = 0.0
    for value in raised { squared += value * value }
    let scaled = FeatureScaling.root.apply(row)
    for index in 0..<dimension { #expect(abs(Double(scaled[index]) - raised[index] / squared.squareRoot()) < 1e-6) }
  }

  @Test func zerosStayZeros() { #expect(FeatureScaling.root.apply([Float](repeating: 0, count: 20)).allSatisfy { $0 == 0 }) }

  /// Training scales whole sets, answering scales one photo: both must see the same bits.
  @Test(arguments: [FeatureScaling.root, .unitLength, .none]) func aRowIsScaledAloneAsAmongOthers(scaling: FeatureScaling) {
    let (count, dimension) = (150, 19)
    let rows = (0..<count * dimension).map { Float(($0 * 7919) % 1013) / 97 - 2 }
    var together = rows
    scaling.apply(to: &together, dimension: dimension)
    for row in 0..<count {
      let range = row * dimension..<(row + 1) * dimension
      #expect(Array(together[range]) == scaling.apply(rows[range]))
    }
  }
}
