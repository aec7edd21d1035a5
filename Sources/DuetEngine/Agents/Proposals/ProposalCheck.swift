// Whether a suggested change can be made in the project as it is now, and what it would do. A value; any thread.
// The one judge: the card asks it before it offers Apply, and the store asks it again inside the transaction.

import Foundation

/// What a change comes to in one state of the project.
enum ProposalCheck: Equatable {
  /// It can be made; these photos change their place (or go), in the project's order.
  case possible(photos: [PhotoID])
  case impossible(reason: String)

  init(_ change: Proposal.Change, in project: ProjectSnapshot) {
    self = Self.judge(change, project)
  }

  var isPossible: Bool { if case .possible = self { true } else { false } }

  private static func judge(_ change: Proposal.Change, _ project: ProjectSnapshot) -> ProposalCheck {
    switch change {
    case .createCategory(let name): return create(name, project)
    case .renameCategory(let id, let name):
      guard let category = project.category(id) else { return gone }
      if ProjectStore.tidied(name).isEmpty { return noName }
      if category.name == ProjectStore.tidied(name) { return done }
      return taken(name, project, except: [id]) ?? .possible(photos: [])
    case .mergeCategories(let ids, let target, let name):
      guard project.category(target) != nil else { return gone }
      let sources = Set(ids).subtracting([target])
      guard !sources.isEmpty, sources.allSatisfy({ project.category($0) != nil }) else { return gone }
      if let name, let taken = taken(name, project, except: sources.union([target])) { return taken }
      return .possible(photos: project.categories.filter { sources.contains($0.id) }.flatMap { $0.photos.map(\.id) })
    case .splitCategory(let id, let photos, let name):
      guard let category = project.category(id) else { return gone }
      let chosen = Set(photos)
      let moving = category.photos.map(\.id).filter(chosen.contains)
      guard !moving.isEmpty else { return photosGone }
      guard moving.count < category.photos.count else {
        return .impossible(reason: L("“{name}” would be empty afterwards.", ["name": category.name]))
      }
      let made = create(name, project)
      return made.isPossible ? .possible(photos: moving) : made
    case .removeCategory(let id):
      guard let category = project.category(id) else { return gone }
      return .possible(photos: category.photos.map(\.id))
    case .movePhotos(let photos, let target):
      guard project.category(target) != nil else { return gone }
      let there = present(photos, project)
      guard !there.isEmpty else { return photosGone }
      let inside = Set(project.category(target)?.photos.map(\.id) ?? [])
      let moving = there.filter { !inside.contains($0) }
      return moving.isEmpty ? done : .possible(photos: moving)
    case .removePhotos(let photos):
      let there = present(photos, project)
      return there.isEmpty ? photosGone : .possible(photos: there)
    case .addTest: return .possible(photos: [])
    }
  }

  /// Names are compared without case, width and punctuation, as people compare them.
  private static func create(_ name: String, _ project: ProjectSnapshot) -> ProposalCheck {
    if ProjectStore.tidied(name).isEmpty { return noName }
    if let taken = taken(name, project, except: []) { return taken }
    guard project.categories.count < Category.limit else {
      return .impossible(reason: ProjectError.tooManyCategories.message)
    }
    return .possible(photos: [])
  }

  private static func taken(
    _ name: String, _ project: ProjectSnapshot, except: Set<CategoryID>
  ) -> ProposalCheck? {
    let wanted = NormalisedText(name).text
    let other = project.categories.first { !except.contains($0.id) && NormalisedText($0.name).text == wanted }
    return other.map {
      .impossible(reason: L("There is a category “{name}” already.", ["name": $0.name]))
    }
  }

  private static func present(_ photos: [PhotoID], _ project: ProjectSnapshot) -> [PhotoID] {
    let wanted = Set(photos)
    return project.categories.flatMap { $0.photos.map(\.id) }.filter(wanted.contains)
  }

  private static var gone: ProposalCheck {
    .impossible(reason: L("A category it speaks of is not there any more."))
  }
  private static var photosGone: ProposalCheck {
    .impossible(reason: L("The photos it speaks of are not there any more."))
  }
  private static var done: ProposalCheck { .impossible(reason: L("It is so already.")) }
  private static var noName: ProposalCheck { .impossible(reason: L("It gives no name.")) }
}
