// Whether a model still belongs to the photos: a digest of which photos are in which categories.
// A value; any thread.

import CGdkPixbuf
import Foundation

/// A digest of which photos are in which categories: equal digests, equal training.
struct Fingerprint: Equatable {
  let digest: String
  let photoCount: Int

  /// - Parameter counterfactuals: those that are trained on; without any the digest is that of the photos alone.
  init(
    categories: [Category], extractor: ExtractorID, isBalanced: Bool, counterfactuals: [Counterfactual] = []
  ) {
    var text = extractor.rawValue
    if isBalanced { text += " balanced" }
    for category in categories where !category.photos.isEmpty {
      text += "\n\(category.id.rawValue)"
      for hash in category.photos.map(\.contentHash).sorted() { text += " " + hash }
    }
    for one in counterfactuals {
      text += "\n\(one.change.rawValue) \(one.photo.rawValue) \(one.labelled?.rawValue ?? 0)"
      for hash in one.pictures { text += " " + hash }
    }
    digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1).map { sum in
      defer { g_free(sum) }
      return String(cString: sum)
    } ?? text
    photoCount = categories.reduce(0) { $0 + $1.photos.count }
  }
}

extension ProjectStore {
  func fingerprint() throws -> Fingerprint {
    Fingerprint(
      categories: try readCategories(), extractor: try extractor(), isBalanced: try isOn(.balance),
      counterfactuals: try readCounterfactuals())
  }
}
