// The background pipeline: everything once and in order, bounded ahead of its consumer, and gone when nobody listens.

import Foundation
import Synchronization
import Testing

@testable import DuetEngine

/// Counts jobs, and lets a test wait until a count is reached or work has come to rest.
private final class JobCounter: Sendable {
  private let state = Mutex((started: 0, waiting: [(Int, CheckedContinuation<Void, Never>)]()))

  var started: Int { state.withLock { $0.started } }

  func start() {
    let ready = state.withLock { state in
      state.started += 1
      let ready = state.waiting.filter { $0.0 <= state.started }
      state.waiting.removeAll { $0.0 <= state.started }
      return ready
    }
    for (_, continuation) in ready { continuation.resume() }
  }

  func reaches(_ count: Int) async {
    await withCheckedContinuation { continuation in
      let now = state.withLock { state in
        if state.started >= count { return true }
        state.waiting.append((count, continuation))
        return false
      }
      if now { continuation.resume() }
    }
  }
}

@Suite struct ExtractionPipelineTests {
  private static func refused(_ index: Int) -> ExtractionPipeline.Outcome {
    .init(index: index, result: .refused(RefusedPhoto(name: "\(index)", reason: "")))
  }

  @Test(arguments: [1, 2, 5]) func everyOutcomeOnceAndInOrder(workers: Int) async {
    let run = ExtractionRun(count: 203, workers: workers, job: Self.refused)
    var indices: [Int] = []
    while let batch = await run.next() {
      #expect(!batch.isEmpty && batch.count <= ExtractionRun.batchLimit)
      indices += batch.map(\.index)
    }
    #expect(indices == Array(0..<203))
    #expect(await run.next() == nil)
  }

  @Test func nothingToDoEndsAtOnce() async {
    for await _ in ExtractionPipeline.run([], extractor: nil) { Issue.record("a batch of nothing") }
  }

  @Test func workStopsAheadOfAConsumerThatDoesNotCome() async {
    let counter = JobCounter()
    let run = ExtractionRun(count: 500, workers: 2) { index in
      counter.start()
      return Self.refused(index)
    }
    let first = await run.next()
    let taken = first?.count ?? 0
    #expect(taken > 0)
    // The window is filled up to its last place, and no further job ever starts: nobody takes one away.
    await counter.reaches(taken + ExtractionRun.window)
    #expect(counter.started == taken + ExtractionRun.window)
    var rest = 0
    while let batch = await run.next() { rest += batch.count }
    #expect(taken + rest == 500 && counter.started == 500)
  }

  @Test func aSlowPhotoHoldsUpOnlyTheOrder() async {
    // Job 0 ends only when job 5 has been started by the other worker.
    let counter = JobCounter()
    let gate = DispatchSemaphore(value: 0)
    let run = ExtractionRun(count: 20, workers: 2) { index in
      counter.start()
      if index == 0 { gate.wait() }
      if index == 5 { gate.signal() }
      return Self.refused(index)
    }
    var indices: [Int] = []
    while let batch = await run.next() { indices += batch.map(\.index) }
    #expect(indices == Array(0..<20))
  }

  @Test func aFewReadyOutcomesDoNotWaitForTheRest() async {
    // Job 3 ends only after the consumer got the first three.
    let gate = DispatchSemaphore(value: 0)
    let run = ExtractionRun(count: 4, workers: 1) { index in
      if index == 3 { gate.wait() }
      return Self.refused(index)
    }
    var first: [Int] = []
    while first.count < 3, let batch = await run.next() { first += batch.map(\.index) }
    #expect(first == [0, 1, 2])
    gate.signal()
    #expect(await run.next()?.map(\.index) == [3])
  }

  @Test func cancellingWakesTheConsumerAndStopsTheWork() async {
    let counter = JobCounter()
    let gate = DispatchSemaphore(value: 0)
    let run = ExtractionRun(count: 100, workers: 1) { index in
      counter.start()
      gate.wait()
      return Self.refused(index)
    }
    async let batch = run.next()
    await counter.reaches(1)
    run.cancel()
    #expect(await batch == nil)
    gate.signal()
    #expect(await run.next() == nil)
    #expect(counter.started == 1)
  }

  @Test func leavingTheLoopEndsTheRun() async {
    // Job 16, the first behind the first batch, waits until the loop was left.
    let gate = DispatchSemaphore(value: 0)
    let counter = JobCounter()
    let run = ExtractionRun(count: 400, workers: 1) { index in
      counter.start()
      if index == ExtractionRun.batchLimit { gate.wait() }
      return Self.refused(index)
    }
    for await _ in ExtractionPipeline.batches(of: run) { break }
    #expect(run.isCancelled)
    gate.signal()
    #expect(await run.next() == nil)
    #expect(counter.started <= ExtractionRun.batchLimit + 1)
  }

  @Test func cancellingTheTaskEndsTheRun() async {
    let gate = DispatchSemaphore(value: 0)
    let counter = JobCounter()
    let run = ExtractionRun(count: 400, workers: 1) { index in
      counter.start()
      gate.wait()
      return Self.refused(index)
    }
    let task = Task { for await _ in ExtractionPipeline.batches(of: run) {} }
    await counter.reaches(1)
    task.cancel()
    await task.value
    #expect(run.isCancelled && counter.started == 1)
    gate.signal()
  }

  @Test func badFilesAreNamedAndTheOthersGoOn() async throws {
    let sources: [PhotoSource] = [
      .data(try PictureFixtures.data("quarters.jpg"), name: "one.jpg"),
      .data(Data("no photo".utf8), name: "two.jpg"),
      .file(URL(fileURLWithPath: "/nonexistent/three.png")),
      .data(try PictureFixtures.data("quarters.png"), name: "four.png"),
    ]
    var imported: [String] = []
    var refused: [String] = []
    for await batch in ExtractionPipeline.run(sources, extractor: nil, workers: 2) {
      for outcome in batch {
        switch outcome.result {
        case .imported(let photo, let features):
          imported.append(photo.name)
          #expect(features == nil)
        case .refused(let photo):
          refused.append(photo.name)
          #expect(photo.reason.contains(photo.name))
        }
      }
    }
    #expect(imported == ["one.jpg", "four.png"] && refused == ["two.jpg", "three.png"])
  }

  @Test(
    "features do not depend on the number of workers",
    .enabled(if: ReferenceData.hasMobileNet, "needs the dequantised MobileNetV2 and the reference photos"))
  func workersDoNotMatter() async throws {
    let extractor = try FeatureExtractor(.mobileNetV2, weights: ReferenceData.url(ReferenceData.mobileNet))
    let folder = ReferenceData.url("photos/grocery10/Banana")
    let sources = PhotoImporter.photoFiles(in: folder).prefix(6).map(PhotoSource.file)
    try #require(sources.count == 6)
    var results: [[[Float]]] = []
    var copies: [(String, Data)] = []
    for workers in [1, 3] {
      var features: [[Float]] = []
      for await batch in ExtractionPipeline.run(sources, extractor: extractor, workers: workers) {
        for case .imported(let photo, let vector?) in batch.map(\.result) {
          features.append(vector)
          copies.append((photo.contentHash, photo.copy))
        }
      }
      results.append(features)
    }
    #expect(results[0].count == 6 && results[0] == results[1])
    // Computing them later from the copies gives the same numbers; what is no picture is left out.
    let later = ExtractionPipeline.extract(copies: copies + [("broken", Data([1, 2]))], extractor: extractor)
    #expect(later.count == 6)
    for (index, copy) in copies.prefix(6).enumerated() { #expect(later[copy.0] == results[0][index]) }
  }

  @Test func theSameContentIsLookedAtOnce() async throws {
    let features = FeaturesByContent()
    let counter = JobCounter()
    DispatchQueue.concurrentPerform(iterations: 40) { index in
      let found = try? features.of("hash \(index % 4)") {
        counter.start()
        return [Float(index % 4)]
      }
      #expect(found == [Float(index % 4)])
    }
    #expect(counter.started == 4)
  }

  @Test func aFailureIsNotRemembered() throws {
    let features = FeaturesByContent()
    #expect(throws: PhotoError.self) { try features.of("a") { throw PhotoError.empty(name: "a") } }
    #expect(try features.of("a") { [1] } == [1])
  }

  @Test(
    "what the project knows is not looked at again, and a photo that comes twice gets its features twice",
    .enabled(if: ReferenceData.hasMobileNet, "needs the dequantised MobileNetV2"))
  func knownPhotosAreNotLookedAt() async throws {
    let extractor = try FeatureExtractor(.mobileNetV2, weights: ReferenceData.url(ReferenceData.mobileNet))
    let one = PhotoSource.data(try PictureFixtures.data("quarters.jpg"), name: "one.jpg")
    let two = PhotoSource.data(try PictureFixtures.data("grey.jpg"), name: "two.jpg")
    let known = try PhotoImporter.load(two).contentHash
    var found: [[Float]?] = []
    for await batch in ExtractionPipeline.run([one, two, one], extractor: extractor, known: { $0 == known }) {
      for case .imported(_, let features) in batch.map(\.result) { found.append(features) }
    }
    try #require(found.count == 3)
    #expect(found[1] == nil && found[0] != nil && found[0] == found[2])
  }
}
