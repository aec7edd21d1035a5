// What a card says about a proposal before the person decides. A value; any thread.
// The names in it come from a model or from the project: they are shown as text and never read as anything else.

import Foundation

public struct ProposalPreview: Sendable, Equatable {
  /// What would be done: "Merge “Cats” into “Pets”".
  public let title: String
  /// What it comes to in the project as it is now: "12 photos will move".
  public let sentence: String
  /// The photos that would move or go, in the project's order.
  public let photos: [PhotoID]
  /// Whether Apply can be pressed.
  public let canApply: Bool
  /// Why it cannot, as a sentence; nil where it can, and where it was applied or dismissed.
  public let reason: String?
  /// Apply means: ask the person for a test photo, then ``Duet/applyProposal(_:testPhoto:)``.
  public let asksForTestPhoto: Bool
}

extension Proposal {
  /// The card of this proposal in the project as it is now.
  public func preview(in project: ProjectSnapshot) -> ProposalPreview {
    let check = ProposalCheck(change, in: project)
    var photos: [PhotoID] = []
    var reason: String?
    switch check {
    case .possible(let moving): photos = moving
    case .impossible(let why): reason = why
    }
    let isOpen = state == .waiting || state == .outdated
    var asks = false
    if case .addTest = change { asks = true }
    return ProposalPreview(
      title: title(in: project), sentence: Self.sentence(change, photos.count), photos: isOpen ? photos : [],
      canApply: isOpen && check.isPossible, reason: isOpen ? reason : nil, asksForTestPhoto: asks)
  }

  private func title(in project: ProjectSnapshot) -> String {
    // The card of an open proposal uses today's names; one that is settled says what was agreed to.
    let isOpen = state == .waiting || state == .outdated
    func name(_ id: CategoryID) -> String {
      let shown = (isOpen ? project.category(id)?.name ?? names[id] : names[id] ?? project.category(id)?.name) ?? ""
      return shown.isEmpty ? L("a category without a name") : Self.shortened(shown)
    }
    switch change {
    case .createCategory(let new): return L("Add a category “{name}”", ["name": Self.shortened(new)])
    case .renameCategory(let id, let new):
      return L("Rename “{name}” to “{new}”", ["name": name(id), "new": Self.shortened(new)])
    case .mergeCategories(let ids, let target, let new):
      let sources = ids.filter { $0 != target }.map { L("“{name}”", ["name": name($0)]) }.joined(separator: ", ")
      guard let new else {
        return L("Merge {sources} into “{target}”", ["sources": sources, "target": name(target)])
      }
      return L(
        "Merge {sources} and “{target}”, called “{new}”",
        ["sources": sources, "target": name(target), "new": Self.shortened(new)])
    case .splitCategory(let id, _, let new):
      return L("Split “{name}”: a new category “{new}”", ["name": name(id), "new": Self.shortened(new)])
    case .removeCategory(let id): return L("Remove the category “{name}”", ["name": name(id)])
    case .movePhotos(let photos, let target):
      return LN(
        "Move {count} photo to “{name}”", "Move {count} photos to “{name}”", photos.count, ["name": name(target)])
    case .removePhotos(let photos): return LN("Remove {count} photo", "Remove {count} photos", photos.count)
    case .addTest(let description):
      return L(
        "Test a photo: {description}",
        ["description": Self.shortened(description, to: ProposalParsing.longestDescription)])
    }
  }

  /// A name from a stranger's project file may be longer than any that the app keeps.
  private static func shortened(_ text: String, to limit: Int = Category.nameLimit) -> String {
    text.count > limit ? text.prefix(limit - 1) + "…" : text
  }

  private static func sentence(_ change: Change, _ count: Int) -> String {
    switch change {
    case .createCategory: L("It starts without photos.")
    case .renameCategory: L("Its photos stay.")
    case .removeCategory where count > 0:
      LN("It goes with its {count} photo.", "It goes with its {count} photos.", count)
    case .removeCategory: L("It has no photos.")
    case .removePhotos: LN("{count} photo will be removed", "{count} photos will be removed", count)
    case .mergeCategories, .splitCategory, .movePhotos: LN("{count} photo will move", "{count} photos will move", count)
    case .addTest: L("Choose such a photo, and the model says what it sees.")
    }
  }
}
