// What `duet bench` counts and answers. Not how fast anything is: no test here looks at a clock.

import Foundation
import Synchronization
import Testing

@testable import DuetCLI
@testable import DuetEngine

@Suite struct BenchTests {
  /// Counted by hand: stem 4 x 4 outputs x 27 x 2; block without expansion 16 x 2 x (9 + 4); block with expansion
  /// 16 x 4 x 8, then 2 x 2 outputs x 8 x (25 + 6); head 4 x 6 x 10.
  @Test func multiplyAddsOfASmallNetwork() {
    let layer = NetworkDescription.Convolution(weight: "", norm: "")
    let network = NetworkDescription(
      side: 8, padding: .symmetric, batchNormEpsilon: 0,
      normalisation: NetworkDescription.Normalisation(mean: [0, 0, 0], deviation: [1, 1, 1]),
      resizeFilter: .bilinear, stem: layer, stemOutputs: 2,
      blocks: [
        NetworkDescription.Block(
          expand: nil, depthwise: layer, project: layer, kernel: 3, stride: 1, inputs: 2, hidden: 2, outputs: 4),
        NetworkDescription.Block(
          expand: layer, depthwise: layer, project: layer, kernel: 5, stride: 2, inputs: 4, hidden: 8, outputs: 6),
      ], head: layer, features: 10)
    #expect(network.multiplyAdds == 864 + 416 + 512 + 992 + 240)
  }

  /// From the shapes of the published weights, without the last layer that is not used here.
  @Test func multiplyAddsOfTheRealNetworks() {
    #expect(NetworkDescription.of(.mobileNetV2).multiplyAdds == 299_494_272)
    #expect(NetworkDescription.of(.efficientNetLite0).multiplyAdds == 383_907_552)
  }

  @Test(arguments: InstructionSet.available) func thePeakIsMeasured(_ set: InstructionSet) {
    // Any processor does more than a million operations a second, and none does 10^13 on one core.
    #expect((1e6...1e13).contains(set.measuredPeak(bursts: 3)))
  }

  @Test func theMedianOfAnOddNumber() {
    let times = JobTimes([3, 1, 2])
    #expect(times.median == 2 && times.best == 1 && times.count == 3)
  }

  @Test func jobsEndAtTheirLimit() {
    var runs = 0
    let times = JobTimes.measure(seconds: .infinity, limit: 4) { runs += 1 }
    #expect(times.count == 4 && runs == 5, "one more to warm up")
  }

  @Test(arguments: [1, 3]) func aTeamDoesEveryItemOnce(_ threads: Int) throws {
    let done = Counts(20)
    try WorkerTeam.run(items: 20, threads: threads) { done.add($0) }
    #expect(done.values == [Int](repeating: 1, count: 20))
  }

  @Test(arguments: [1, 3]) func aTeamHandsOnItsFirstFailure(_ threads: Int) {
    #expect(throws: CommandFailure("item 5")) {
      try WorkerTeam.run(items: 20, threads: threads) { if $0 == 5 { throw CommandFailure("item 5") } }
    }
  }

  @Test func theServiceTrainsOnAFile() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("bench-\(UUID().uuidString).safetensors")
    defer { try? FileManager.default.removeItem(at: file) }
    let set = SyntheticFeatures.trainingSet(photos: 12, categories: 3, seed: 4)
    try SafeTensors.write(
      ["features": Tensor(set.features, shape: [12, ExtractorID.dimension]),
       "labels": Tensor(set.labels.map(Int64.init), shape: [12])], metadata: [:], to: file)
    let answer = try BenchService().answer(to: request(#"{"job":"train","seconds":0,"file":"\#(file.path)"}"#))
    #expect(answer.times?.count == 1)
  }

  @Test func theServiceRefusesAnExtractorItDoesNotKnow() throws {
    #expect(throws: UsageError.self) {
      try BenchService().answer(to: request(#"{"job":"crops","seconds":0,"extractor":"x"}"#))
    }
  }

  private func request(_ json: String) throws -> BenchRequest {
    try JSONDecoder().decode(BenchRequest.self, from: Data(json.utf8))
  }
}

/// How often each item was done, counted by several threads.
private final class Counts: Sendable {
  private let counts: Mutex<[Int]>
  init(_ count: Int) { counts = Mutex([Int](repeating: 0, count: count)) }
  func add(_ item: Int) { counts.withLock { $0[item] += 1 } }
  var values: [Int] { counts.withLock { $0 } }
}
