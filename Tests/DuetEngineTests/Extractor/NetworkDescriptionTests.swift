// The networks as data: the tables of the papers, and what width and depth multipliers make of them.

import Testing

@testable import DuetEngine

@Suite struct NetworkDescriptionTests {
  /// Output channels of the stages, and how many blocks each has; stages are told apart by their channels.
  private func stages(_ network: NetworkDescription) -> (outputs: [Int], counts: [Int]) {
    var outputs: [Int] = []
    var counts: [Int] = []
    for block in network.blocks {
      if outputs.last == block.outputs { counts[counts.count - 1] += 1 } else {
        outputs.append(block.outputs)
        counts.append(1)
      }
    }
    return (outputs, counts)
  }

  @Test func mobileNetV2IsThePapers() {
    let network = NetworkDescription.mobileNetV2()
    let (outputs, counts) = stages(network)
    #expect(outputs == [16, 24, 32, 64, 96, 160, 320] && counts == [1, 2, 3, 4, 3, 3, 1])
    #expect(network.stemOutputs == 32 && network.features == 1280 && network.side == 224)
    #expect(network.blocks.allSatisfy { $0.kernel == 3 } && network.blocks.filter(\.hasResidual).count == 10)
    #expect(network.blocks.indices.filter { network.blocks[$0].stride == 2 } == [1, 3, 6, 13])
    #expect(network.blocks[0].expand == nil && network.blocks.dropFirst().allSatisfy { $0.hidden == 6 * $0.inputs })
  }

  /// Widths as torchvision's models have them.
  @Test(arguments: [
    (0.25, 8, [8, 8, 8, 16, 24, 40, 80], 1280),
    (0.35, 16, [8, 8, 16, 24, 32, 56, 112], 1280),
    (0.5, 16, [8, 16, 16, 32, 48, 80, 160], 1280),
    (0.75, 24, [16, 24, 24, 48, 72, 120, 240], 1280),
    (1.4, 48, [24, 32, 48, 88, 136, 224, 448], 1792),
  ])
  func mobileNetV2AtOtherWidths(width: Double, stem: Int, outputs: [Int], features: Int) {
    let network = NetworkDescription.mobileNetV2(width: width)
    #expect(network.stemOutputs == stem && network.features == features)
    var first = 0
    for (count, expected) in zip([1, 2, 3, 4, 3, 3, 1], outputs) {
      #expect(network.blocks[first..<first + count].allSatisfy { $0.outputs == expected })
      first += count
    }
    #expect(first == network.blocks.count)
    for (block, next) in zip(network.blocks, network.blocks.dropFirst()) { #expect(next.inputs == block.outputs) }
  }

  @Test(arguments: [
    (0, 224, [16, 24, 40, 80, 112, 192, 320], [1, 2, 2, 3, 3, 4, 1]),
    (1, 240, [16, 24, 40, 80, 112, 192, 320], [1, 3, 3, 4, 4, 5, 1]),
    (2, 260, [16, 24, 48, 88, 120, 208, 352], [1, 3, 3, 4, 4, 5, 1]),
  ])
  func efficientNetLite(size: Int, side: Int, outputs: [Int], counts: [Int]) {
    let network = NetworkDescription.efficientNetLite(size)
    let found = stages(network)
    #expect(found.outputs == outputs && found.counts == counts)
    #expect(network.side == side && network.stemOutputs == 32 && network.features == 1280)
    let kernels = zip([3, 3, 5, 3, 5, 5, 3], counts).flatMap { [Int](repeating: $0, count: $1) }
    #expect(network.blocks.map(\.kernel) == kernels)
    #expect(network.blocks.filter { $0.stride == 2 }.count == 4)
  }
}
