// Painted regions: what a brush covers, how a region is kept, and what takes its place.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct RegionTests {
  @Test func aBrushCoversPixelsWhoseCentresItReaches() {
    var strokes = BrushStrokes(width: 6, height: 4)
    strokes.begin(BrushStroke(radius: 1, from: .init(x: 2, y: 2)))
    // Centres at (1.5, 1.5), (2.5, 1.5), (1.5, 2.5), (2.5, 2.5) are 0.71 away; the next ones 1.58.
    #expect(strokes.region.count == 4)
    #expect(Set(strokes.region.isPainted.indices.filter { strokes.region.isPainted[$0] }) == [7, 8, 13, 14])
    // A line of 2 pixels: a capsule two columns longer.
    strokes.move(to: .init(x: 4, y: 2))
    #expect(strokes.region.count == 8)
    strokes.begin(BrushStroke(radius: 1, erases: true, from: .init(x: 2, y: 2)))
    #expect(strokes.region.count == 4)
    strokes.undo()
    #expect(strokes.region.count == 8)
    strokes.undo()
    #expect(strokes.region.count == 0)
  }

  @Test func strokesBesideThePhotoPaintNothing() {
    var strokes = BrushStrokes(width: 6, height: 4)
    for (x, y) in [(-9.0, 2.0), (2.0, 99.0), (1e12, -1e12), (.nan, 1.0), (.infinity, 0.0)] {
      strokes.begin(BrushStroke(radius: 2, from: .init(x: x, y: y)))
    }
    #expect(strokes.region.count == 0)
    strokes.begin(BrushStroke(radius: 1e9, from: .init(x: -5, y: -5)))
    #expect(strokes.region.share == 1)
  }

  @Test func aRegionIsTheSameAfterItWasKept() {
    var random = SplitMix64(seed: 5)
    for (width, height) in [(1, 1), (7, 3), (300, 200), (1024, 1)] {
      for density in [0.0, 0.3, 1.0] {
        let pixels = (0..<width * height).map { _ in Double.random(in: 0..<1, using: &random) < density }
        let mask = RegionMask(width: width, height: height, isPainted: pixels)
        #expect(mask.isPainted == pixels)
        #expect(mask.count == pixels.count { $0 })
        #expect(RegionMask(decoding: mask.encoded) == mask)
      }
    }
    let one = RegionMask(width: 3, height: 2, isPainted: [false, true, true, false, false, true])
    #expect(Array(one.encoded) == [3, 2, 1, 2, 2, 1])
  }

  @Test(arguments: [
    [], [3, 2], [3, 2, 5], [3, 2, 7], [3, 2, 1, 0, 5], [0, 2, 0], [0x81, 0x10, 1, 0x81, 0x10], [3, 2, 6, 0x80],
    [3, 2, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
  ] as [[UInt8]])
  func whatDoesNotAddUpIsNoRegion(bytes: [UInt8]) {
    #expect(RegionMask(decoding: Data(bytes)) == nil)
  }

  /// Left half red, right half blue, with a white square of 4 in the left half.
  private func picture() -> (image: RGBImage, square: RegionMask) {
    var pixels: [UInt8] = []
    var painted: [Bool] = []
    for y in 0..<20 {
      for x in 0..<40 {
        let isSquare = (8..<12).contains(x) && (8..<12).contains(y)
        painted.append(isSquare)
        pixels += isSquare ? [255, 255, 255] : x < 20 ? [200, 10, 10] : [10, 10, 200]
      }
    }
    return (
      RGBImage(width: 40, height: 20, pixels: pixels), RegionMask(width: 40, height: 20, isPainted: painted)
    )
  }

  @Test func everyFillLeavesTheRestAlone() {
    let (image, square) = picture()
    for fill in [RegionFill.erased, .blurred, .colour(seed: 3)] {
      let filled = image.filled(square, with: fill)
      #expect(filled != image)
      for pixel in square.isPainted.indices where !square.isPainted[pixel] {
        #expect(filled.pixels[pixel * 3..<pixel * 3 + 3] == image.pixels[pixel * 3..<pixel * 3 + 3])
      }
      #expect(image.filled(square, with: fill) == filled, "the same picture every time")
    }
  }

  @Test func whatIsErasedTakesTheColourAroundIt() {
    let (image, square) = picture()
    let erased = image.filled(square, with: .erased)
    for pixel in square.isPainted.indices where square.isPainted[pixel] {
      for (channel, value) in [200, 10, 10].enumerated() {
        #expect(abs(Int(erased.pixels[pixel * 3 + channel]) - value) <= 1)
      }
    }
    let all = RegionMask(width: 40, height: 20, isPainted: [Bool](repeating: true, count: 800))
    #expect(Set(image.filled(all, with: .erased).pixels) == [128])
  }

  @Test func whatIsBlurredKeepsItsColourAndLosesItsForm() {
    let stripes = (0..<40 * 40).flatMap { pixel in [UInt8](repeating: (pixel % 40) % 4 < 2 ? 220 : 20, count: 3) }
    let image = RGBImage(width: 40, height: 40, pixels: stripes)
    let painted = (0..<1600).map { (10..<30).contains($0 % 40) && (10..<30).contains($0 / 40) }
    let blurred = image.filled(RegionMask(width: 40, height: 40, isPainted: painted), with: .blurred)
    let inside = painted.indices.filter { painted[$0] }.map { Int(blurred.pixels[$0 * 3]) }
    #expect(inside.allSatisfy { abs($0 - 120) < 12 }, "near the mean of both stripes, not \(inside.min() ?? 0)...")
  }

  @Test func coloursDifferFromSeedToSeed() {
    let (image, square) = picture()
    let colours = (0..<8).map { image.filled(square, with: .colour(seed: $0)).pixels[(8 * 40 + 8) * 3] }
    #expect(Set(colours).count > 5)
  }
}
