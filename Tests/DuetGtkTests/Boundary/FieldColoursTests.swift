// The background's colours: sides, steps, and an enlarged picture that keeps its corners.

import XCTest

@testable import DuetGtk

final class FieldColoursTests: XCTestCase {
  func testTheTwoSidesDifferAndGrowDeeper() {
    for quantity in FieldColours.Quantity.allCases {
      for isDark in [false, true] {
        let colours = FieldColours(quantity, isDark: isDark)
        let (low, high) = (parts(colours.pixel(-0.01)), parts(colours.pixel(0.01)))
        XCTAssertGreaterThan(low.blue - low.red, high.blue - high.red, "blue is label 0, orange label 1")
        XCTAssertGreaterThan(colourfulness(colours.pixel(6)), colourfulness(colours.pixel(0.2)))
        XCTAssertEqual(colours.pixel(50), colours.pixel(8), "beyond the table the colour stays")
        XCTAssertEqual(colours.pixel(8) >> 24, 0xff)
      }
    }
  }

  func testProbabilityAndLogitHaveTheirOwnSteps() {
    let (probability, logit) = (FieldColours(.probability, isDark: false), FieldColours(.logit, isDark: false))
    // p = 0.55 and 0.58 are in the first of five steps above 0.5 (0.5 to 0.6), p = 0.65 is in the second.
    XCTAssertEqual(probability.pixel(logOdds(0.55)), probability.pixel(logOdds(0.58)))
    XCTAssertNotEqual(probability.pixel(logOdds(0.55)), probability.pixel(logOdds(0.65)))
    // The logits of one step are 1 apart.
    XCTAssertEqual(logit.pixel(3.1), logit.pixel(3.8))
    XCTAssertNotEqual(logit.pixel(3.5), logit.pixel(4.5))
    // p = 0.98 and 0.999 look alike; their logits 3.9 and 6.9 do not.
    XCTAssertEqual(probability.pixel(logOdds(0.98)), probability.pixel(logOdds(0.999)))
    XCTAssertNotEqual(logit.pixel(logOdds(0.98)), logit.pixel(logOdds(0.999)))
  }

  func testTheEnlargedPictureKeepsItsCornersAndItsMiddle() {
    let colours = FieldColours(.logit, isDark: false)
    let grid: [Float] = [3.5, 7.5, -7.5, 0.5]  // the lower row comes first
    let (width, height, stride) = (9, 5, 12)
    var pixels = [UInt32](repeating: 7, count: stride * height)
    pixels.withUnsafeMutableBufferPointer {
      colours.paint(grid, columns: 2, rows: 2, into: $0, width: width, height: height, stride: stride)
    }
    XCTAssertEqual(pixels[0], colours.pixel(-7.5))
    XCTAssertEqual(pixels[width - 1], colours.pixel(0.5))
    XCTAssertEqual(pixels[stride * (height - 1)], colours.pixel(3.5))
    XCTAssertEqual(pixels[stride * (height - 1) + width - 1], colours.pixel(7.5))
    XCTAssertEqual(pixels[stride * 2 + 4], colours.pixel(1), "the mean of the four corners")
    XCTAssertEqual(pixels[width], 7, "what lies between the rows is left alone")
  }

  func testAPlaceThatIsNoNumberIsPaintedWithoutHarm() {
    let colours = FieldColours(.probability, isDark: true)
    var pixels = [UInt32](repeating: 7, count: 16)
    pixels.withUnsafeMutableBufferPointer {
      colours.paint([.nan, .infinity, -.infinity, 0], columns: 2, rows: 2, into: $0, width: 4, height: 4, stride: 4)
    }
    XCTAssertFalse(pixels.contains(7))
  }

  private func logOdds(_ probability: Float) -> Float { Float(log(Double(probability / (1 - probability)))) }

  private func parts(_ pixel: UInt32) -> (red: Int, green: Int, blue: Int) {
    (Int(pixel >> 16 & 255), Int(pixel >> 8 & 255), Int(pixel & 255))
  }

  private func colourfulness(_ pixel: UInt32) -> Int {
    let (red, green, blue) = parts(pixel)
    return max(red, green, blue) - min(red, green, blue)
  }
}
