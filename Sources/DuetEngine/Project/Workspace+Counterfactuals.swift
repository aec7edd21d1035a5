// "What if ...?" about the photos of an open project. Main actor; pictures are made and looked at on other threads.

import Foundation

extension Workspace {
  /// What was said about a photo, in the order in which it was said.
  public func counterfactuals(of photo: PhotoID) -> [Counterfactual] {
    snapshot.counterfactuals.filter { $0.photo == photo }
  }

  /// What was painted; nil for a scene.
  public func region(of counterfactual: CounterfactualID) async -> RegionMask? {
    try? await store.region(counterfactual)
  }

  /// JPEG bytes of the other end.
  public func copy(of counterfactual: CounterfactualID) async -> Data? {
    try? await store.copy(ofCounterfactual: counterfactual)
  }

  /// Adds a photo with a painted region that was erased, blurred, or does not matter.
  ///
  /// - Throws: ``CounterfactualError``, ``PhotoError``, ``ProjectError``; the project is then as it was.
  public func addCounterfactual(
    to photo: PhotoID, region: RegionMask, change: CounterfactualChange, answer: CounterfactualAnswer
  ) async throws {
    let (copy, name) = try await original(photo)
    try await add(
      await Task.detached(priority: .userInitiated) {
        try CounterfactualPictures.painted(
          photo, copy: copy, name: name, region: region, change: change, answer: answer)
      }.value)
  }

  /// Adds a photo of the same scene before or after.
  ///
  /// - Parameter answer: a category, or ``CounterfactualAnswer/unknown``.
  /// - Throws: as ``addCounterfactual(to:region:change:answer:)``.
  public func addScene(to photo: PhotoID, _ other: PhotoSource, answer: CounterfactualAnswer) async throws {
    _ = try await original(photo)
    try await add(
      await Task.detached(priority: .userInitiated) {
        try CounterfactualPictures.scene(photo, other: other, answer: answer)
      }.value)
  }

  private func original(_ photo: PhotoID) async throws -> (copy: Data, name: String) {
    let name = snapshot.categories.lazy.flatMap(\.photos).first { $0.id == photo }?.name
    guard let name, let copy = try await store.copy(photo) else { throw CounterfactualError.photoGone }
    return (copy, name)
  }

  /// Features first, so that a training that starts at once has them.
  private func add(_ new: NewCounterfactual) async throws {
    if let extractor = await loadExtractor() {
      let pictures = new.pictures.map { ($0.contentHash, $0.copy) }
      let features = await Task.detached(priority: .userInitiated) {
        ExtractionPipeline.extract(copies: pictures, extractor: extractor)
      }.value
      try await store.keep(features, extractor: extractor.id)
    }
    try await perform(.addCounterfactual(new))
    extractMissingFeatures()
  }
}
