// What importing costs the features: those of the project's copy against PyTorch's, from the whole photo.
// benchmarks/feature_fidelity.py does the same on any folder.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct FeatureFidelityTests {
  private struct Photos {
    let sources: [PhotoSource]
    let expected: [[Float]]

    init(_ key: String) throws {
      let file = try SafeTensors(contentsOf: ReferenceData.url(ReferenceData.features))
      let names = try #require(file.metadata["images"]).split(separator: "\n").map(String.init)
      let values = try file.floats(key, shape: [12, ExtractorID.dimension])
      try #require(names.count == 12)
      sources = names.map { .file(ReferenceData.url($0)) }
      expected = (0..<12).map { Array(values[$0 * ExtractorID.dimension..<($0 + 1) * ExtractorID.dimension]) }
    }
  }

  private func cosine(_ a: [Float], _ b: [Float]) -> Double {
    func dot(_ a: [Float], _ b: [Float]) -> Double { zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) } }
    return dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
  }

  private func check(_ extractor: FeatureExtractor, _ key: String) throws {
    let photos = try Photos(key)
    for (source, expected) in zip(photos.sources, photos.expected) {
      let copy = try PhotoImporter.load(source).copy
      #expect(cosine(try extractor.features(ofCopy: copy, name: source.name), expected) >= 0.999, "\(source.name)")
    }
  }

  @Test(.enabled(if: ReferenceData.hasLite0, "needs reference/features.safetensors and installed Lite0 weights"))
  func lite0() throws {
    let weights = try #require(ExtractorStore.weights(.efficientNetLite0))
    try check(FeatureExtractor(.efficientNetLite0, weights: weights), "efficientnet_lite0_features")
  }

  @Test(.enabled(if: ReferenceData.hasMobileNet, "needs reference/features.safetensors and the dequantised MobileNetV2"))
  func mobileNet() throws {
    let extractor = try FeatureExtractor(.mobileNetV2, weights: ReferenceData.url(ReferenceData.mobileNet))
    try check(extractor, "mobilenet_v2_features")
  }

  /// The way of a photo of 12 megapixels: a quarter of it is decoded, and that is encoded once more.
  @Test(.enabled(if: ReferenceData.hasMobileNet, "needs reference/features.safetensors and the dequantised MobileNetV2"))
  func scaledDecodingKeepsWhatCounts() throws {
    let extractor = try FeatureExtractor(.mobileNetV2, weights: ReferenceData.url(ReferenceData.mobileNet))
    for source in try Photos("mobilenet_v2_features").sources.prefix(2) {
      let small = try PhotoDecoder.decode(PhotoImporter.bytes(of: source), name: source.name, maxSide: nil)
      let scale = 4032 / max(small.width, small.height)
      let big = try small.resized(width: small.width * scale, height: small.height * scale, filter: .bicubic)
        .jpeg(quality: 95)
      let whole = try PhotoDecoder.decode(big, name: source.name, maxSide: nil)
      let expected = try extractor.features(ofCrop: extractor.preprocess(whole))
      let copy = try PhotoImporter.load(.data(big, name: source.name)).copy
      #expect(cosine(try extractor.features(ofCopy: copy, name: source.name), expected) >= 0.998, "\(source.name)")
    }
  }
}
