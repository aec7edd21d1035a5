// From files to layers: folding of batch normalisation, and files that are wrong, named with what was expected.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct WeightLoadingTests {
  private let names = NetworkDescription.Convolution(weight: "conv.weight", norm: "bn")

  private func file(weight: [Float], shape: [Int], variance: [Float] = [3, 0]) throws -> SafeTensors {
    try SafeTensors(
      SafeTensors.encode([
        "conv.weight": Tensor(weight, shape: shape), "bn.weight": Tensor([2, 1] as [Float], shape: [2]),
        "bn.bias": Tensor([10, 20] as [Float], shape: [2]), "bn.running_mean": Tensor([1, -1] as [Float], shape: [2]),
        "bn.running_var": Tensor(variance, shape: [2]),
      ]), fileName: "test.safetensors")
  }

  @Test func foldingByHand() throws {
    // epsilon 1: scales 2 / sqrt(3 + 1) = 1 and 1 / sqrt(0 + 1) = 1; shifts 10 - 1 * 1 = 9 and 20 + 1 * 1 = 21.
    let one = LayerLoader(
      file: try file(weight: [3, 4], shape: [2, 1, 1, 1]), epsilon: 1, instructionSet: .portable)
    let folded = try one.folded(names, shape: [2, 1, 1, 1])
    #expect(folded.weights == [3, 4] && folded.bias == [9, 21])
    // epsilon 13, variance 3: scale 2 / 4 = 0.5, shift 10 - 0.5; variance 12: 1 / 5, 20 + 0.2.
    let other = LayerLoader(
      file: try file(weight: [3, 4], shape: [2, 1, 1, 1], variance: [3, 12]), epsilon: 13, instructionSet: .portable)
    let second = try other.folded(names, shape: [2, 1, 1, 1])
    #expect(second.weights == [1.5, 0.8] && second.bias == [9.5, 20.2])
  }

  @Test func wrongTensorsAreNamed() throws {
    let loader = LayerLoader(
      file: try file(weight: [3, 4], shape: [2, 1, 1, 1]), epsilon: 1, instructionSet: .portable)
    #expect(throws: SafeTensorsError.wrongShape(
      file: "test.safetensors", tensor: "conv.weight", expected: [2, 3, 1, 1], found: [2, 1, 1, 1])
    ) { try loader.folded(names, shape: [2, 3, 1, 1]) }
    let missing = NetworkDescription.Convolution(weight: "head.weight", norm: "bn")
    #expect(throws: SafeTensorsError.missing(
      file: "test.safetensors", tensor: "head.weight", expected: [2, 1, 1, 1])
    ) { try loader.folded(missing, shape: [2, 1, 1, 1]) }
    let broken = LayerLoader(
      file: try file(weight: [3, .nan], shape: [2, 1, 1, 1]), epsilon: 1, instructionSet: .portable)
    #expect(throws: SafeTensorsError.notFinite(file: "test.safetensors", tensor: "conv.weight")) {
      try broken.folded(names, shape: [2, 1, 1, 1])
    }
    let negative = LayerLoader(
      file: try file(weight: [3, 4], shape: [2, 1, 1, 1], variance: [1, -5]), epsilon: 1, instructionSet: .portable)
    #expect(throws: SafeTensorsError.notFinite(file: "test.safetensors", tensor: "bn.running_var")) {
      try negative.folded(names, shape: [2, 1, 1, 1])
    }
  }

  @Test func aWrongFileSaysSoInOneSentence() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).safetensors")
    defer { try? FileManager.default.removeItem(at: url) }
    try SafeTensors.write(["a": Tensor([1] as [Float], shape: [1])], to: url)
    do {
      _ = try FeatureExtractor(.mobileNetV2, weights: url)
      Issue.record("a file without the network's tensors was loaded")
    } catch let error as ExtractorError {
      #expect(error.message.contains("features.0.0.weight"))
      #expect(error.message.contains("[32, 3, 3, 3]"))
      #expect(error.message.contains(url.lastPathComponent))
    }
  }
}
