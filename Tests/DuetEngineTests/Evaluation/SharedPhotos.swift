// The real photos that tests measure with, looked at once for all suites. Values; any thread.

import Foundation
import Testing

@testable import DuetEngine

/// Some photos of a set in `../shared/photos`, by category, with features.
struct SharedPhotos: Sendable {
  let files: [URL]
  let set: TrainingSet

  static let areThere =
    ReferenceData.exists("photos/grocery10") && ReferenceData.exists("photos/clothing10")
    && ExtractorStore.weights(.standard) != nil
  static let needs: Comment = "needs the photos in ../shared and the EfficientNet-Lite0 weights"

  /// Photos of each category: all there are.
  static let perCategory = 60
  static let grocery = Result { try SharedPhotos("grocery10") }
  static let clothing = Result { try SharedPhotos("clothing10") }

  static func named(_ name: String) throws -> SharedPhotos {
    try (name == "grocery10" ? grocery : clothing).get()
  }

  private init(_ name: String) throws {
    let extractor = try ExtractorStore.load(.standard)
    let folder = ReferenceData.url("photos/\(name)")
    let categories = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    var files: [URL] = []
    var labels: [Int] = []
    for (label, category) in categories.enumerated() {
      let photos = PhotoImporter.photoFiles(in: folder.appendingPathComponent(category)).prefix(Self.perCategory)
      files += photos
      labels += photos.map { _ in label }
    }
    let features = try files.flatMap { file in
      try extractor.features(ofCopy: PhotoImporter.load(.file(file)).copy, name: file.lastPathComponent)
    }
    self.files = files
    set = TrainingSet(
      categories: categories.indices.map { CategoryID(Int64($0 + 1)) },
      photos: files.indices.map { PhotoID(Int64($0 + 1)) }, labels: labels, features: features,
      dimension: ExtractorID.dimension)
  }

  /// So many rows of each category, by lot.
  func chosen(perCategory: Int, _ random: inout SplitMix64) -> TrainingSet {
    let rows = set.categories.indices.flatMap { label in
      let own = set.labels.indices.filter { set.labels[$0] == label }
      return random.permutation(own.count).prefix(perCategory).map { own[$0] }
    }
    return set.rows(rows)
  }
}

