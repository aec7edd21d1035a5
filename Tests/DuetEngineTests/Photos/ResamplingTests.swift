// Resizing on rows short enough to work out by hand.

import CKernels
import Testing

@testable import DuetEngine

@Suite struct ResamplingTests {
  private func grey(_ values: [UInt8], width: Int) -> RGBImage {
    RGBImage(width: width, height: values.count / width, pixels: values.flatMap { [$0, $0, $0] })
  }

  private func reds(_ image: RGBImage) -> [UInt8] { (0..<image.width * image.height).map { image.pixels[$0 * 3] } }

  @Test func weightsOfATriangleByHand() {
    // 4 -> 2: the triangle is stretched to 2. The centre of target 0 is 1.0; pixels 0, 1, 2 lie -0.5, 0.5, 1.5 from
    // it: 0.75, 0.75, 0.25, divided by 1.75.
    let weights = ResamplingWeights(source: 4, resized: 2, targets: 0..<2, filter: .bilinear)
    let one = Double(1 << CK_RESAMPLE_BITS)
    #expect(weights.starts == [0, 1] && weights.counts == [3, 3])
    for (found, expected) in zip(weights.weights[..<3], [0.75 / 1.75, 0.75 / 1.75, 0.25 / 1.75]) {
      #expect(abs(Double(found) / one - expected) < 1e-6)
    }
  }

  @Test func halvingARowBilinear() {
    // (0.75 * 0 + 0.75 * 70 + 0.25 * 140) / 1.75 = 50; mirrored (0.25 * 70 + 0.75 * 140 + 0.75 * 210) / 1.75 = 160.
    #expect(reds(grey([0, 70, 140, 210], width: 4).resized(width: 2, height: 1, filter: .bilinear)) == [50, 160])
    #expect(reds(grey([0, 70, 140, 210], width: 1).resized(width: 1, height: 2, filter: .bilinear)) == [50, 160])
  }

  @Test func halvingARowBicubic() {
    // Stretched by 2, the cubic at 0.25, 0.25, 0.75, 1.25 is 0.8671875, 0.8671875, 0.2265625, -0.0703125.
    #expect(abs(ResamplingFilter.bicubic.value(0.25) - 0.8671875) < 1e-12)
    #expect(abs(ResamplingFilter.bicubic.value(-1.25) + 0.0703125) < 1e-12)
    #expect(ResamplingFilter.bicubic.value(2) == 0 && ResamplingFilter.bicubic.value(0) == 1)
    // Target 0: (0 * .8671875 + 70 * .8671875 + 140 * .2265625 - 210 * .0703125) / 1.890625 = 41.07
    #expect(reds(grey([0, 70, 140, 210], width: 4).resized(width: 2, height: 1, filter: .bicubic)) == [41, 169])
  }

  @Test func overshootIsCutOff() {
    // A cubic rings beside an edge; bytes must not wrap around.
    let sharp = grey([0, 0, 255, 255], width: 4).resized(width: 9, height: 1, filter: .bicubic)
    let values = reds(sharp)
    #expect(values.first == 0 && values.last == 255 && values == values.sorted())
  }

  /// Sizes with every rest of the vector widths: pixels in a load, rows that share weights, bytes in a block.
  @Test(arguments: [(1, 1), (2, 3), (5, 2), (6, 5), (33, 7), (64, 9), (130, 6), (257, 31)])
  func everyInstructionSetGivesTheSameBytes(width: Int, height: Int) {
    let image = RGBImage.noise(width: width, height: height, seed: 5)
    for filter in [ResamplingFilter.bilinear, .bicubic] {
      for (newWidth, newHeight) in [(width * 2 + 1, height + 3), (max(1, width / 3), max(1, height / 2)), (1, 1), (22, 6)] {
        var plan = Resampling(
          across: ResamplingWeights(source: width, resized: newWidth, targets: 0..<newWidth, filter: filter),
          down: ResamplingWeights(source: height, resized: newHeight, targets: 0..<newHeight, filter: filter))
        let results = InstructionSet.available.map { set in
          plan.instructionSet = set
          return plan.run(sourceWidth: width, stripRows: 3) { rows, use in
            // A copy of exactly these rows, so that a sanitizer sees a byte read too far.
            let strip = Array(image.pixels[rows.lowerBound * width * 3..<rows.upperBound * width * 3])
            strip.withUnsafeBufferPointer { $0.baseAddress.map(use) }
          }
        }
        #expect(results.allSatisfy { $0 == results[0] }, "\(width) x \(height) to \(newWidth) x \(newHeight)")
      }
    }
  }

  @Test func aFlatPictureStaysFlat() {
    for filter in [ResamplingFilter.bilinear, .bicubic] {
      let flat = RGBImage(width: 37, height: 23, pixels: [UInt8](repeating: 201, count: 37 * 23 * 3))
      #expect(flat.resized(width: 11, height: 50, filter: filter).pixels.allSatisfy { $0 == 201 })
      #expect(flat.centreCrop(side: 224, shortSide: 256, filter: filter).allSatisfy { $0 == 201 })
    }
  }

  @Test func channelsStayApart() {
    let image = RGBImage(width: 2, height: 1, pixels: [10, 20, 30, 50, 60, 70])
    #expect(image.resized(width: 1, height: 1, filter: .bilinear).pixels == [30, 40, 50])
  }

  /// The crop of a picture that needs no resizing is a window of it, at torchvision's offsets.
  @Test(arguments: [(256, 256, 16, 16), (341, 256, 58, 16), (256, 343, 16, 60), (259, 256, 18, 16)])
  func cropOffsets(width: Int, height: Int, left: Int, top: Int) {
    // (341 - 224) / 2 = 58.5 goes to the even 58, (343 - 224) / 2 = 59.5 to 60, (259 - 224) / 2 = 17.5 to 18.
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width { pixels += [UInt8(x % 251), UInt8(y % 251), 0] }
    }
    let crop = RGBImage(width: width, height: height, pixels: pixels)
      .centreCrop(side: 224, shortSide: 256, filter: .bicubic)
    #expect(Array(crop[..<3]) == [UInt8(left % 251), UInt8(top % 251), 0])
    #expect(Array(crop.suffix(3)) == [UInt8((left + 223) % 251), UInt8((top + 223) % 251), 0])
  }

  @Test func turningTwiceComesBack() {
    let image = grey([1, 2, 3, 4, 5, 6], width: 3)
    #expect(reds(image.turned(.quarterTurnRight)) == [4, 1, 5, 2, 6, 3])
    #expect(image.turned(.quarterTurnRight).turned(.quarterTurnLeft) == image)
    for same in [ExifOrientation.mirrored, .upsideDown, .flipped, .transposed, .transversed] {
      #expect(image.turned(same).turned(same) == image && image.turned(same) != image)
    }
  }
}
