// A photo that is there twice, as a value that views show. Any thread.

/// A photo as the checks see it: where it is, and what it looks like.
public struct CheckedPhoto: Sendable, Equatable {
  public let id: PhotoID
  /// Nil: the photo in the test area.
  public let category: CategoryID?
  public let contentHash: String

  public init(id: PhotoID, category: CategoryID?, contentHash: String) {
    self.id = id
    self.category = category
    self.contentHash = contentHash
  }
}

/// Two photos, the smaller id first: what "keep both" is remembered for.
public struct PhotoPair: Sendable, Hashable, Codable {
  public let first: PhotoID
  public let second: PhotoID

  public init(_ a: PhotoID, _ b: PhotoID) {
    first = min(a, b)
    second = max(a, b)
  }
}

/// Two photos that show the same picture.
public struct NearCopy: Sendable, Equatable, Identifiable {
  public enum Kind: String, Sendable, Codable {
    /// The same file, or one that became the same bytes on its way in.
    case exact
    /// Resized, recompressed, cropped a little, or the next picture of a burst.
    case resembling
    /// As `resembling`, with left and right exchanged.
    case mirrored
  }

  /// Why it matters.
  public enum Place: String, Sendable, Codable {
    /// Nothing is learned from the second one.
    case sameCategory
    /// One of the two labels is probably wrong.
    case acrossCategories
    /// The photo in the test area was taught: its answer proves nothing.
    case testPhoto
  }

  /// The one that was there first.
  public let original: PhotoID
  public let copy: PhotoID
  public let kind: Kind
  public let place: Place
  /// How equal the pictures are, 0 to 1; 1 for exact copies.
  public let similarity: Double

  public var pair: PhotoPair { PhotoPair(original, copy) }
  public var id: PhotoPair { pair }

  public init(original: PhotoID, copy: PhotoID, kind: Kind, place: Place, similarity: Double) {
    self.original = original
    self.copy = copy
    self.kind = kind
    self.place = place
    self.similarity = similarity
  }

  /// What a person reads, with the names of both photos.
  public func sentence(original: String, copy: String) -> String {
    let names = ["copy": copy, "original": original]
    switch (place, kind) {
    case (.testPhoto, _): return L("The test photo “{copy}” is among the training photos (“{original}”).", names)
    case (.acrossCategories, .mirrored):
      return L("“{copy}” mirrors “{original}”, which is in another category.", names)
    case (.acrossCategories, _):
      return L("“{copy}” is the same picture as “{original}”, which is in another category.", names)
    case (.sameCategory, .exact): return L("“{copy}” is a copy of “{original}”.", names)
    case (.sameCategory, .resembling): return L("“{copy}” is nearly the same picture as “{original}”.", names)
    case (.sameCategory, .mirrored): return L("“{copy}” is “{original}” in a mirror.", names)
    }
  }
}

/// What a search found.
public struct NearCopies: Sendable, Equatable {
  /// Each copy once, with the earliest photo that it is a copy of; in the order of the copies' ids.
  public let pairs: [NearCopy]
  /// Photos that are one and the same for the purpose of testing: what a chain of copies connects, each group and
  /// the groups in the order of ids. Photos without a copy are not listed.
  public let groups: [[PhotoID]]

  public static let none = NearCopies(pairs: [], groups: [])

  public init(pairs: [NearCopy], groups: [[PhotoID]]) {
    self.pairs = pairs
    self.groups = groups
  }

  /// Without pairs that the person wants to keep. The groups stay: a kept copy is still a copy.
  public func without(_ kept: Set<PhotoPair>) -> NearCopies {
    NearCopies(pairs: pairs.filter { !kept.contains($0.pair) }, groups: groups)
  }
}
