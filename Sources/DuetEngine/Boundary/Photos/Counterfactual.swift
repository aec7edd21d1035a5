// A photo paired with what it would be if something about it were different. Values; any thread.
// The pair is a direction in feature space between two real pictures: the photo, and its other end.

import Foundation

/// Row of a counterfactual in the project file. Never reused within a project.
public struct CounterfactualID: Hashable, Sendable, Codable, Comparable {
  public let rawValue: Int64
  public init(_ rawValue: Int64) { self.rawValue = rawValue }
  public static func < (a: CounterfactualID, b: CounterfactualID) -> Bool { a.rawValue < b.rawValue }
}

/// What was changed about the photo.
public enum CounterfactualChange: String, Sendable, Codable, CaseIterable {
  /// The same scene before or after something happened: a picture of its own.
  case scene
  /// A region was erased.
  case erase
  /// A region was blurred.
  case blur
  /// A region does not matter: whatever is there, the answer stays.
  case ignore

  /// Whether a person painted a region for it.
  public var hasRegion: Bool { self != .scene }
}

/// What the changed picture shows.
public enum CounterfactualAnswer: Sendable, Equatable {
  /// It belongs into this category: it becomes one of its training photos.
  case category(CategoryID)
  /// "I cannot say": it is no longer a clear case of what the photo shows.
  case unknown
  /// The same as before: the region does not matter.
  case same
}

/// A counterfactual of a project.
public struct Counterfactual: Sendable, Equatable, Identifiable {
  public let id: CounterfactualID
  /// The photo that it is about.
  public let photo: PhotoID
  public let change: CounterfactualChange
  /// The other end, where it was given a category: a training photo like any other.
  public let labelled: PhotoID?
  /// Content of the pictures that it adds and that are no photos by themselves: one for
  /// ``CounterfactualAnswer/unknown``, ``CounterfactualPictures/replacements`` for ``CounterfactualAnswer/same``, none for a category.
  public let pictures: [String]
  /// Whether the project's extractor has looked at all of them.
  public let hasFeatures: Bool

  /// Both ends where both are photos: nobody need be told that they resemble each other.
  var pair: PhotoPair? { labelled.map { PhotoPair(photo, $0) } }
}

/// A counterfactual on its way into a project, with its pictures made.
public struct NewCounterfactual: Sendable, Equatable {
  public let photo: PhotoID
  public let change: CounterfactualChange
  public let answer: CounterfactualAnswer
  /// Nil for a scene.
  public let region: RegionMask?
  /// The other end; for ``CounterfactualAnswer/same`` every replacement.
  public let pictures: [ImportedPhoto]

  /// - Precondition: at least one picture; a region exactly where the change has one; ``CounterfactualAnswer/same``
  ///   exactly for ``CounterfactualChange/ignore``.
  public init(
    photo: PhotoID, change: CounterfactualChange, answer: CounterfactualAnswer, region: RegionMask?,
    pictures: [ImportedPhoto]
  ) {
    precondition(!pictures.isEmpty && change.hasRegion == (region != nil) && (change == .ignore) == (answer == .same))
    self.photo = photo
    self.change = change
    self.answer = answer
    self.region = region
    self.pictures = pictures
  }
}

/// Why a counterfactual was not taken in. Each case says what its owner can do.
public enum CounterfactualError: Error, Sendable, Equatable {
  /// Nothing is painted.
  case emptyRegion
  /// So much is painted that nothing is left to learn from.
  case nothingLeft
  /// All of the paint is at the edge, which the network does not see.
  case outOfSight
  case photoGone
  case categoryGone
  /// The other picture is the photo itself.
  case samePicture(name: String)
  /// The photo has as many counterfactuals as it can have.
  case tooMany

  public var message: String {
    switch self {
    case .emptyRegion: L("Nothing is painted yet. Paint over a part of the photo first.")
    case .nothingLeft: L("Nearly the whole photo is painted. Leave the part visible that still counts.")
    case .outOfSight:
      L("What you painted is at the edge, where the computer does not look. Paint nearer to the middle.")
    case .photoGone: L("That photo was removed in the meantime. Choose another one.")
    case .categoryGone: L("That category was removed in the meantime. Choose another one.")
    case .samePicture(let name):
      L("“{name}” is the same picture as the photo itself. Choose one in which something is different.", ["name": name])
    case .tooMany:
      L("This photo has {count} “what if?” pictures already. Remove one to add another.",
        ["count": CounterfactualPictures.mostOfAPhoto])
    }
  }
}
