// The names of a project, ready to be found in text. A value; any thread.

import Foundation

struct ReceiptNames {
  /// Endings of picture files, folded.
  static let endings: [[Unicode.Scalar]] = ["jpeg", "jpg", "png", "webp", "gif", "bmp", "tiff", "tif", "heic"]
    .map { Array($0.unicodeScalars) }

  /// Folded and as it is written, the longest first. A name of one Latin letter is too common to be looked for.
  let categories: [(id: CategoryID, name: [Unicode.Scalar], written: [Unicode.Scalar])]
  private let byName: [String: [CategoryID]]
  private let photosByName: [String: [PhotoID]]
  /// The part behind the last space of photo names that have one.
  private let lastParts: Set<String>
  private let numbers: Set<Int64>

  init(_ facts: ProjectFacts) {
    categories = facts.categories
      .filter { $0.name.unicodeScalars.count > 1 || $0.name.unicodeScalars.contains { $0.properties.isIdeographic } }
      .map { ($0.id, ReceiptText.folded($0.name), Array($0.name.unicodeScalars)) }
      .sorted { $0.name.count > $1.name.count }
    byName = Dictionary(grouping: facts.categories) { NormalisedText($0.name).text }.mapValues { $0.map(\.id) }
    photosByName = Dictionary(grouping: facts.photoNames) { $0.value.lowercased() }.mapValues { $0.map(\.key) }
    lastParts = Set(
      facts.photoNames.values.filter { $0.contains(" ") }
        .compactMap { $0.lowercased().split(separator: " ").last.map(String.init) })
    numbers = Set(facts.counts.flatMap { $0.photos.map(\.rawValue) })
  }

  /// Nil where no category has the name, or two have.
  func category(called name: String) -> CategoryID? {
    guard let found = byName[NormalisedText(name).text], found.count == 1 else { return nil }
    return found[0]
  }

  /// Nil where no photo has the name, or two have.
  func photo(called name: String) -> PhotoID? {
    guard let found = photosByName[name.lowercased()], found.count == 1 else { return nil }
    return found[0]
  }

  /// Whether a longer name with spaces ends like this, or several photos are called so: then it is not missing.
  func endsWith(_ name: String) -> Bool {
    lastParts.contains(name.lowercased()) || photosByName[name.lowercased()] != nil
  }

  func hasPhoto(number: Int64) -> Bool { numbers.contains(number) }
}
