// Decoding and resizing real photos against the crops that Pillow and torchvision made of them.
//
// Resizing is the same integer arithmetic, so with the same libjpeg the crops are equal byte for byte. The tolerance
// (3 grey levels, 0.05 on average) is for another libjpeg, whose inverse DCT and chroma upsampling may round
// differently by one or two levels before the resize averages them.

import Foundation
import Testing

@testable import DuetEngine

@Suite(.enabled(if: ReferenceData.hasFeatures, "needs reference/features.safetensors and its photos"))
struct ReferenceCropTests {
  /// Mean and largest difference of the 12 crops, in grey levels.
  private func differences(_ filter: ResamplingFilter, _ key: String) throws -> (mean: Double, largest: Int) {
    let file = try SafeTensors(contentsOf: ReferenceData.url(ReferenceData.features))
    let expected = try file.uint8s(key, shape: [12, 224, 224, 3])
    let photos = try #require(file.metadata["images"]).split(separator: "\n").map(String.init)
    #expect(photos.count == 12)
    var sum = 0
    var largest = 0
    for (index, path) in photos.enumerated() {
      let data = try Data(contentsOf: ReferenceData.url(path))
      let crop = try PhotoDecoder.decode(data, name: path, maxSide: nil)
        .centreCrop(side: 224, shortSide: 256, filter: filter)
      for (at, value) in crop.enumerated() {
        let difference = abs(Int(value) - Int(expected[index * crop.count + at]))
        sum += difference
        largest = max(largest, difference)
      }
    }
    return (Double(sum) / Double(expected.count), largest)
  }

  @Test func bicubic() throws {
    let found = try differences(.bicubic, "crop_bicubic_u8")
    #expect(found.mean < 0.05)
    #expect(found.largest <= 3)
  }

  @Test func bilinear() throws {
    let found = try differences(.bilinear, "crop_bilinear_u8")
    #expect(found.mean < 0.05)
    #expect(found.largest <= 3)
  }
}
