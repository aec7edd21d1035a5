// What is learnt from a review and its edited copy. A value; any thread.

public enum TextMode: String, Sendable, Codable, CaseIterable {
  /// The reviews alone, as if nobody had edited any.
  case originals
  /// The edited copies too, as texts of the other label.
  case both
  /// The reviews, and from each pair the way from one text to the other.
  case direction
  /// All of it.
  case bothAndDirection = "both+direction"

  public static let standard = bothAndDirection

  public var name: String {
    switch self {
    case .originals: L("Reviews without edits")
    case .both: L("Both texts")
    case .direction: L("Direction of the change")
    case .bothAndDirection: L("Both texts and the direction")
    }
  }

  /// One sentence for whoever chooses.
  public var explanation: String {
    switch self {
    case .originals: L("Your edits are left aside; good to compare with.")
    case .both: L("The edited copy is one more review, with the other label.")
    case .direction: L("Only the difference counts: these words changed, so the meaning turned.")
    case .bothAndDirection: L("The edited copy is one more review, and the difference counts too.")
    }
  }

  public var usesEdits: Bool { self != .originals }
  var learnsEditedTexts: Bool { self == .both || self == .bothAndDirection }
  var learnsDirections: Bool { self == .direction || self == .bothAndDirection }
}
