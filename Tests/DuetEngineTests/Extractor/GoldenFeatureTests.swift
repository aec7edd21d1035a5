// The whole forward pass against PyTorch, on exact crops, for both networks and every instruction set.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct GoldenFeatureTests {
  /// The largest difference of any feature of the 12 crops.
  private func largestDifference(_ extractor: FeatureExtractor, crops: String, features: String) throws -> Float {
    let file = try SafeTensors(contentsOf: ReferenceData.url(ReferenceData.features))
    let pixels = try file.uint8s(crops, shape: [12, 224, 224, 3])
    let expected = try file.floats(features, shape: [12, 1280])
    let size = 224 * 224 * 3
    var largest: Float = 0
    for photo in 0..<12 {
      let found = try extractor.features(ofCrop: Array(pixels[photo * size..<(photo + 1) * size]))
      for (index, value) in found.enumerated() {
        let difference = abs(value - expected[photo * 1280 + index])
        // Written so that a NaN counts as large.
        if !(difference <= largest) { largest = difference }
      }
    }
    return largest
  }

  @Test(
    "EfficientNet-Lite0 is within 1e-4 of PyTorch",
    .enabled(if: ReferenceData.hasLite0, "needs reference/features.safetensors and installed Lite0 weights"),
    arguments: InstructionSet.available)
  func lite0(instructionSet: InstructionSet) throws {
    let weights = try #require(ExtractorStore.weights(.efficientNetLite0))
    let extractor = try FeatureExtractor(.efficientNetLite0, weights: weights, instructionSet: instructionSet)
    let difference = try largestDifference(extractor, crops: "crop_bicubic_u8", features: "efficientnet_lite0_features")
    #expect(difference < 1e-4)
  }

  @Test(
    "MobileNetV2 is within 1e-4 of PyTorch",
    .enabled(if: ReferenceData.hasMobileNet, "needs reference/features.safetensors and the dequantised MobileNetV2"),
    arguments: InstructionSet.available)
  func mobileNetV2(instructionSet: InstructionSet) throws {
    let extractor = try FeatureExtractor(
      .mobileNetV2, weights: ReferenceData.url(ReferenceData.mobileNet), instructionSet: instructionSet)
    let difference = try largestDifference(extractor, crops: "crop_bilinear_u8", features: "mobilenet_v2_features")
    #expect(difference < 1e-4)
  }
}
