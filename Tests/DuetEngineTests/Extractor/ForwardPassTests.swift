// Whole networks with random weights against a forward pass written anew with plain loops: other widths, sides that
// are not multiples of anything, both paddings, both kernels; and the same bits on any number of threads.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct ForwardPassTests {
  /// MobileNetV2 at a tenth of its width (channels 8 to 32), and a network with everything that Lite has, both small.
  static let networks: [(name: String, description: NetworkDescription)] = {
    var mobile = NetworkDescription.mobileNetV2(width: 0.1)
    mobile.side = 72
    let lite = NetworkDescription.efficientNetLite(2)
    let table = [
      NetworkStage(count: 1, kernel: 3, stride: 1, expansion: 1, outputs: 12),
      NetworkStage(count: 2, kernel: 5, stride: 2, expansion: 4, outputs: 20),
      NetworkStage(count: 2, kernel: 3, stride: 2, expansion: 6, outputs: 24),
    ]
    let small = NetworkDescription(
      side: 61, padding: .tensorFlowSame, batchNormEpsilon: 1e-3, normalisation: lite.normalisation,
      resizeFilter: .bicubic, stem: lite.stem, stemOutputs: 20,
      blocks: NetworkDescription.blocks(table, inputs: 20) { index, hasExpansion in
        let block = lite.blocks[hasExpansion ? index : 0]
        return [block.expand, block.depthwise, block.project].compactMap { $0 }
      },
      head: lite.head, features: 72)
    return [("MobileNetV2 at a tenth", mobile), ("SAME padding", small)]
  }()

  private func crop(_ side: Int) -> [UInt8] {
    var numbers = TestNumbers(seed: 9)
    return numbers.next(side * side * 3).map { UInt8(127.5 + 127.4 * $0) }
  }

  @Test(arguments: networks.indices) func everyInstructionSetAgreesWithPlainLoops(index: Int) throws {
    let description = Self.networks[index].description
    let weights = try RandomWeights(description, seed: 5).file()
    let crop = crop(description.side)
    let expected = try PlainNetwork(description, weights: weights).features(crop)
    #expect(expected.count == description.features && expected.contains { $0 > 0.01 })
    for set in InstructionSet.available {
      let network = try Network(description, weights: weights, instructionSet: set)
      let found = network.features(ofCrop: crop, scratch: network.makeScratch())
      let largest = zip(found, expected).map { abs(Double($0) - $1) }.max() ?? .infinity
      #expect(found.count == expected.count && largest < 1e-4, "\(Self.networks[index].name), \(set): \(largest)")
    }
  }

  @Test(arguments: networks.indices) func anyNumberOfThreadsGivesTheSameBits(index: Int) throws {
    let description = Self.networks[index].description
    let network = try Network(description, weights: RandomWeights(description, seed: 6).file(), instructionSet: .best)
    let crop = crop(description.side)
    let one = network.features(ofCrop: crop, scratch: network.makeScratch())
    for threads in [2, 3, 5, 16] {
      let scratch = network.makeScratch(threads: threads)
      // Twice in the same memory: nothing of the first pass may show in the second.
      for _ in 0..<2 { #expect(network.features(ofCrop: crop, scratch: scratch) == one, "\(threads) threads") }
    }
  }

  @Test(
    "MobileNetV2 has the same bits on any number of threads",
    .enabled(if: ReferenceData.hasMobileNet, "needs the dequantised MobileNetV2"))
  func theRealNetworkToo() throws {
    let extractor = try FeatureExtractor(.mobileNetV2, weights: ReferenceData.url(ReferenceData.mobileNet))
    let one = try extractor.features(ofCrop: crop(224))
    for threads in [2, 3, 4, 1000] { #expect(try extractor.features(ofCrop: crop(224), threads: threads) == one) }
  }
}
