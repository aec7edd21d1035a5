// A folder of folders, or a project, as rows of features with labels: what `evaluate` works on.
// Any thread.

import DuetEngine
import Foundation

struct LabelledPhotos: Sendable {
  let set: TrainingSet
  let names: [String]
  /// False where a photo was refused.
  let isComplete: Bool

  func name(of category: CategoryID) -> String {
    set.categories.firstIndex(of: category).map { names[$0] } ?? ""
  }

  static func isFolder(_ url: URL) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory) && isDirectory.boolValue
  }

  /// - Parameter extractor: nil takes the project's own, or the standard one for a folder.
  static func read(_ url: URL, extractor: ExtractorID?, console: Console) async throws -> LabelledPhotos {
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw CommandFailure(L("There is no “{name}”. Give a folder of folders, or a project.", ["name": url.path]))
    }
    return isFolder(url)
      ? try await read(folder: url, extractor: extractor ?? .standard, console: console)
      : try await read(project: url, extractor: extractor, console: console)
  }

  /// The sub-folders of `folder` with the photos in them, both in name order.
  static func subfolders(of folder: URL) -> [(name: String, photos: [URL])] {
    let children = (try? FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil, options: .skipsHiddenFiles)) ?? []
    return children.filter(isFolder).sorted { $0.lastPathComponent < $1.lastPathComponent }
      .map { ($0.lastPathComponent, PhotoImporter.photoFiles(in: $0)) }
      .filter { !$0.photos.isEmpty }
  }

  private static func read(
    folder: URL, extractor id: ExtractorID, console: Console
  ) async throws -> LabelledPhotos {
    let folders = subfolders(of: folder)
    guard folders.count >= 2 else { throw TrainingError.tooFewCategories }
    let extractor = try ExtractorStore.load(id)
    let outcomes = await PhotoFeatures.extract(folders.flatMap(\.photos), with: extractor, console: console)
    let labels = folders.enumerated().flatMap { label, folder in folder.photos.map { _ in label } }
    var builder = Builder(names: folders.map(\.name))
    for (label, outcome) in zip(labels, outcomes) {
      if case .features(let features) = outcome { builder.add(features, label: label) }
    }
    return builder.finish(isComplete: builder.count == outcomes.count)
  }

  private static func read(
    project url: URL, extractor id: ExtractorID?, console: Console
  ) async throws -> LabelledPhotos {
    let store = try ProjectStore(url: url, create: false)
    let snapshot = try await store.read().snapshot
    let own = try await store.usedExtractor()
    let names = ProjectNames(snapshot.categories)
    if id == nil || id == own, snapshot.categories.allSatisfy({ $0.photos.allSatisfy(\.hasFeatures) }) {
      let set = try await store.trainingSet()
      await store.close()
      return LabelledPhotos(set: set, names: set.categories.map { names.category($0) }, isComplete: true)
    }
    // Another network than the project's: its copies are looked at anew, and the project stays as it is.
    let extractor = try ExtractorStore.load(id ?? own)
    let categories = snapshot.categories.filter { !$0.photos.isEmpty }
    var builder = Builder(names: categories.map { names.category($0.id) })
    var isComplete = true
    var done = 0
    for (label, category) in categories.enumerated() {
      for photo in category.photos {
        done += 1
        console.progress(L("Looking at photos"), done, of: snapshot.photoCount)
        do {
          guard let copy = try await store.copy(photo.id) else { continue }
          builder.add(try extractor.features(ofCopy: copy, name: photo.name), label: label)
        } catch {
          console.report(FailureText.sentence(for: error))
          isComplete = false
        }
      }
    }
    await store.close()
    return builder.finish(isComplete: isComplete)
  }

  private struct Builder {
    let names: [String]
    private var labels: [Int] = []
    private var features: [Float] = []

    init(names: [String]) { self.names = names }

    var count: Int { labels.count }

    mutating func add(_ row: [Float], label: Int) {
      features += row
      labels.append(label)
    }

    func finish(isComplete: Bool) -> LabelledPhotos {
      let set = TrainingSet(
        categories: names.indices.map { CategoryID(Int64($0 + 1)) },
        photos: labels.indices.map { PhotoID(Int64($0 + 1)) }, labels: labels, features: features,
        dimension: ExtractorID.dimension)
      return LabelledPhotos(set: set, names: names, isComplete: isComplete)
    }
  }
}

/// What the categories and photos of a project are called, for results: never empty, never twice the same.
struct ProjectNames: Sendable {
  private let categories: [CategoryID: String]
  private let photos: [PhotoID: String]

  init(_ all: [DuetEngine.Category]) {
    self.init(named: all.map { ($0.id, $0.name) }, photos: all.flatMap(\.photos).map { ($0.id, $0.name) })
  }

  init(named all: [(id: CategoryID, name: String)], photos: [(PhotoID, String)] = []) {
    var categories: [CategoryID: String] = [:]
    var taken: Set<String> = []
    for (index, category) in all.enumerated() {
      let own = category.name.isEmpty ? L("Category {number}", ["number": index + 1]) : category.name
      var name = own
      var copy = 2
      while !taken.insert(name).inserted {
        name = "\(own) (\(copy))"
        copy += 1
      }
      categories[category.id] = name
    }
    self.categories = categories
    self.photos = Dictionary(photos, uniquingKeysWith: { first, _ in first })
  }

  /// A model can know a category or a photo that was removed after the training.
  func category(_ id: CategoryID) -> String {
    categories[id] ?? L("removed category {number}", ["number": id.rawValue])
  }

  func photo(_ id: PhotoID) -> String { photos[id] ?? L("removed photo {number}", ["number": id.rawValue]) }
}
