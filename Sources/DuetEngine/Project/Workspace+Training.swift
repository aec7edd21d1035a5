// Train and test: the two questions that a person asks the machine.
// Main actor; the classifier and the network run on other threads.

import Foundation

extension Workspace {
  /// Trains on every photo of the project, once all of them have been looked at, and answers the test photo
  /// anew. A press while a training is under way starts no second one.
  public func train() {
    guard trainings.isIdle else { return }
    training = .training
    trainings.add {
      await self.waitForFeatures()
      await self.trainNow()
    }
  }

  /// Puts a photo into the test area and asks the model about it. Of several calls the last one stays.
  public func test(_ source: PhotoSource) {
    isTesting = true
    tests.add {
      await self.testNow(source)
      self.isTesting = false
    }
  }

  /// As ``test(_:)``, for a proposal that asked for such a photo: it counts as applied once the photo is there.
  public func test(_ source: PhotoSource, for proposal: Proposal.ID) {
    isTesting = true
    tests.add {
      if await self.testNow(source) {
        do { try await self.perform(.applyProposal(proposal)) } catch { self.tell(error) }
      }
      self.isTesting = false
    }
  }

  private func waitForFeatures() async {
    await operations.wait()
    while !imports.isIdle {
      training = .waitingForFeatures(remaining: importProgress.map { $0.total - $0.done } ?? 0)
      await imports.wait()
    }
    training = .training
  }

  private func trainNow() async {
    do {
      if let extractorProblem, snapshot.lacksFeatures {
        training = .failed(extractorProblem)
        return
      }
      let (set, fingerprint) = try await store.trainingMaterial()
      let clock = ContinuousClock()
      let start = clock.now
      let trained = try await Task.detached(priority: .userInitiated) { try Trainer.train(set) }.value
      let seconds = (clock.now - start) / .seconds(1)
      // Photos may have been changed while the training ran: the model belongs to those it was trained on.
      try await perform(.storeModel(trained, seconds: seconds, trainedOn: fingerprint))
      model = trained
      training = .finished(seconds: seconds)
      try await answerTestAgain()
    } catch {
      training = .failed(Self.sentence(for: error))
    }
  }

  private func answerTestAgain() async throws {
    guard let model, let test = snapshot.test,
      let features = try await store.features(contentHash: test.contentHash)
    else { return }
    try await perform(.updatePrediction(await Self.predict(features, with: model)))
  }

  /// Returns whether the photo is in the test area.
  @discardableResult
  private func testNow(_ source: PhotoSource) async -> Bool {
    do {
      let photo = try await Task.detached { try PhotoImporter.load(source) }.value
      let known = try await store.features(contentHash: photo.contentHash)
      var features = known ?? []
      if features.isEmpty, let extractor = await loadExtractor() {
        features = try await Task.detached(priority: .userInitiated) {
          try extractor.features(ofCopy: photo.copy, name: photo.name, threads: FeatureExtractor.allThreads)
        }.value
      }
      let asked = modelVersion
      var prediction: Prediction?
      if let model, !features.isEmpty { prediction = await Self.predict(features, with: model) }
      try await perform(.setTest(photo, features: features, prediction))
      // A training that ended while the photo was looked at found no photo to answer about.
      if modelVersion != asked || snapshot.test?.isCurrent == false { try await answerTestAgain() }
      if features.isEmpty, let extractorProblem { tell(extractorProblem) }
      return true
    } catch {
      tell(error)
      return false
    }
  }

  private static func predict(_ features: [Float], with model: TrainedModel) async -> Prediction {
    await Task.detached(priority: .userInitiated) { model.predict(features) }.value
  }
}
