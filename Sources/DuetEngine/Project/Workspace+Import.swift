// Photos into the project: one import after the other, each photo durable before it is shown.
// Main actor; files are found, decoded and looked at on other threads.

import Foundation

extension Workspace {
  /// Takes photos, and the photos of folders, into a category; in the background, with progress.
  public func importPhotos(_ sources: [PhotoSource], into category: CategoryID) {
    startImport {
      let photos = await PhotoFinder.photos(in: sources)
      return [ImportJob(sources: photos, category: category, group: UndoGroup())]
    }
  }

  /// Every sub-folder becomes a category with its photos; a folder without sub-folders becomes one category.
  public func importFolders(_ folders: [URL]) {
    startImport { [self] in
      let group = UndoGroup()
      var jobs: [ImportJob] = []
      for folder in await PhotoFinder.categories(in: folders) {
        let before = Set(snapshot.categories.map(\.id))
        let after = try await perform(.addCategory(name: folder.name), group: group)
        for category in after.categories where !before.contains(category.id) {
          let photos = folder.photos.map(PhotoSource.file)
          jobs.append(ImportJob(sources: photos, category: category.id, group: group))
        }
      }
      return jobs
    }
  }

  /// Stops the import; photos that are shown already stay.
  public func cancelImport() { imports.cancel() }

  /// Looks at photos that have no features yet: after a crash, or when an extractor was missing.
  func extractMissingFeatures() {
    guard snapshot.lacksFeatures else { return }
    imports.add {
      if let extractor = await self.loadExtractor() { await self.extractRemaining(extractor) }
    }
  }

  private func startImport(_ findJobs: @escaping @MainActor () async throws -> [ImportJob]) {
    imports.add { [self] in
      await operations.wait()  // a category that a button has just added
      guard !Task.isCancelled else { return }
      do {
        let jobs = try await findJobs()
        if jobs.allSatisfy(\.sources.isEmpty) { tell(L("There are no photos in what you dropped.")) }
        let refused = try await run(jobs)
        report(refused)
      } catch {
        tell(error)
      }
      importProgress = nil
    }
  }

  /// Works off `jobs` and returns the photos that were refused.
  private func run(_ jobs: [ImportJob]) async throws -> [RefusedPhoto] {
    let extractor = await loadExtractor()
    let total = jobs.reduce(0) { $0 + $1.sources.count }
    var done = 0
    var refused: [RefusedPhoto] = []
    for job in jobs {
      importProgress = ImportProgress(done: done, total: total)
      let known = try await knownHashes(to: extractor)
      for await batch in ExtractionPipeline.run(job.sources, extractor: extractor, known: { known.contains($0) }) {
        guard !Task.isCancelled else { return refused }
        refused += try await keep(batch, of: job, extractor: extractor?.id)
        done += batch.count
        importProgress = ImportProgress(done: done, total: total)
      }
    }
    if let extractor { await extractRemaining(extractor) }
    return refused
  }

  /// Features first, so that a photo never appears without those that were made with it.
  private func keep(
    _ batch: [ExtractionPipeline.Outcome], of job: ImportJob, extractor: ExtractorID?
  ) async throws -> [RefusedPhoto] {
    var photos: [ImportedPhoto] = []
    var features: [String: [Float]] = [:]
    var refused: [RefusedPhoto] = []
    for outcome in batch.sorted(by: { $0.index < $1.index }) {
      switch outcome.result {
      case .imported(let photo, let vector):
        photos.append(photo)
        features[photo.contentHash] = vector
      case .refused(let photo): refused.append(photo)
      }
    }
    if let extractor { try await store.keep(features, extractor: extractor) }
    try await perform(.addPhotos(photos, to: job.category), group: job.group)
    return refused
  }

  private func report(_ refused: [RefusedPhoto]) {
    let reasons = refused.map(\.reason)
    if Task.isCancelled {
      tell(L("The import was stopped. The photos you see are kept."), details: reasons)
    } else if let only = reasons.first, reasons.count == 1 {
      tell(only, details: reasons)
    } else if !reasons.isEmpty {
      tell(
        LN("{count} photo could not be used.", "{count} photos could not be used.", reasons.count),
        details: reasons)
    }
  }

  // MARK: Features

  /// The project's network, loaded off the main thread; nil, with a sentence shown, if it is not installed.
  func loadExtractor() async -> FeatureExtractor? {
    do {
      let id = try await store.usedExtractor()
      if let loadedExtractor, loadedExtractor.id == id { return loadedExtractor }
      let source = extractors
      loadedExtractor = try await Task.detached { try source.load(id) }.value
      extractorProblem = nil
      return loadedExtractor
    } catch {
      extractorProblem = Self.sentence(for: error)
      return nil
    }
  }

  /// Content hashes of the copies that need not be looked at again, of photos removed long ago, too.
  private func knownHashes(to extractor: FeatureExtractor?) async throws -> Set<String> {
    guard let extractor else { return [] }
    return try await store.hashesWithFeatures(from: extractor.id)
  }

  private func extractRemaining(_ extractor: FeatureExtractor) async {
    do {
      while !Task.isCancelled {
        let copies = try await store.copiesWithoutFeatures(limit: Self.extractionBatch)
        guard !copies.isEmpty else { return }
        let features = await Task.detached(priority: .utility) {
          ExtractionPipeline.extract(copies: copies.map { ($0.contentHash, $0.copy) }, extractor: extractor)
        }.value
        guard !features.isEmpty else { return }  // unreadable copies: nothing more can be done for them
        try await store.keep(features, extractor: extractor.id)
        show(try await store.refreshed())
      }
    } catch { tell(error) }
  }

  private static let extractionBatch = 32
}

/// Photos for one category, on their way.
private struct ImportJob {
  let sources: [PhotoSource]
  let category: CategoryID
  let group: UndoGroup
}
