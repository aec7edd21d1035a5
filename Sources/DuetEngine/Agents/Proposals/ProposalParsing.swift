// From what a model wrote to changes that the project could make. A value; any thread.
// Everything in it is untrusted. A call that is not understood whole is left out: no half of a suggestion is shown.

import Foundation

struct ProposalParsing {
  /// The most cards that a reply may bring.
  static let mostProposals = 5
  /// The most calls of a reply that are looked at.
  static let mostCalls = 40
  /// The longest arguments of a call, in bytes of JSON; 50 photos need less than 1,000.
  static let longestArguments = 16_384
  /// The most photos that one call may name.
  static let mostPhotos = 500
  /// The longest description of a test photo, in characters.
  static let longestDescription = 120

  let project: ProjectSnapshot

  /// The changes that `calls` suggest, each once, without those that cannot be made or wait as a card already.
  func changes(_ calls: [(name: String, arguments: JSONValue)]) -> [Proposal.Change] {
    let waiting = Set(project.proposals.filter { $0.state == .waiting }.map(\.change))
    var changes: [Proposal.Change] = []
    for call in calls.prefix(Self.mostCalls) where changes.count < Self.mostProposals {
      guard let kind = ProposalTools.kind(named: call.name), let fields = call.arguments.fields,
        let change = change(kind, fields), !changes.contains(change), !waiting.contains(change),
        ProposalCheck(change, in: project).isPossible
      else { continue }
      changes.append(change)
    }
    return changes
  }

  private func change(_ kind: Proposal.Change.Kind, _ fields: [String: JSONValue]) -> Proposal.Change? {
    switch kind {
    case .createCategory: name(fields["name"]).map { .createCategory(name: $0) }
    case .renameCategory:
      if let id = category(fields["category"]), let name = name(fields["new_name"]) {
        .renameCategory(id, to: name)
      } else { nil }
    case .mergeCategories: merge(fields)
    case .splitCategory:
      if let id = category(fields["category"]), let photos = photos(fields["photos"], inside: id),
        let name = name(fields["new_name"])
      {
        .splitCategory(id, photos: photos, newName: name)
      } else { nil }
    case .removeCategory: category(fields["category"]).map { .removeCategory($0) }
    case .movePhotos:
      if let id = category(fields["category"] ?? fields["to"]), let photos = photos(fields["photos"]) {
        .movePhotos(photos, to: id)
      } else { nil }
    case .removePhotos: photos(fields["photos"] ?? fields["photo"]).map { .removePhotos($0) }
    case .addTest: description(fields["description"]).map { .addTest(description: $0) }
    }
  }

  /// The first category takes the photos in, unless another one has the wanted name already.
  private func merge(_ fields: [String: JSONValue]) -> Proposal.Change? {
    guard let values = fields["categories"]?.list, values.count <= Category.limit else { return nil }
    let ids = values.compactMap(category)
    guard ids.count == values.count, Set(ids).count == ids.count, ids.count >= 2 else { return nil }
    guard let wanted = fields["new_name"], wanted != .null else {
      return .mergeCategories(Array(ids.dropFirst()), into: ids[0], name: nil)
    }
    guard let name = name(wanted) else { return nil }
    let target = ids.first { project.category($0)?.name == name } ?? ids[0]
    let isNew = project.category(target)?.name != name
    return .mergeCategories(ids.filter { $0 != target }, into: target, name: isNew ? name : nil)
  }

  // MARK: Pieces

  /// A name for a category: one line that fits. A longer one is no name.
  private func name(_ value: JSONValue?) -> String? {
    guard let text = value?.text, text.count <= 4 * Category.nameLimit else { return nil }
    let name = ProjectStore.tidied(text)
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !name.isEmpty, words.count <= Category.nameLimit, words.unicodeScalars.count <= 2 * Category.nameLimit
    else { return nil }
    return name
  }

  private func description(_ value: JSONValue?) -> String? {
    guard let text = value?.text, text.count <= 4 * Self.longestDescription else { return nil }
    let scalars = text.unicodeScalars.map { CharacterSet.controlCharacters.contains($0) ? " " : Character($0) }
    let line = String(scalars).split(separator: " ").joined(separator: " ")
    return line.isEmpty || line.count > Self.longestDescription ? nil : line
  }

  /// Exactly the name if there is one such category, else compared as people compare names.
  private func category(_ value: JSONValue?) -> CategoryID? {
    guard let text = value?.text, text.count <= 4 * Category.nameLimit else { return nil }
    let exact = project.categories.filter { $0.name == text }
    if exact.count == 1 { return exact[0].id }
    let wanted = NormalisedText(text).text
    let similar = project.categories.filter { !wanted.isEmpty && NormalisedText($0.name).text == wanted }
    return similar.count == 1 ? similar[0].id : nil
  }

  private func photos(_ value: JSONValue?, inside category: CategoryID? = nil) -> [PhotoID]? {
    guard let value else { return nil }
    let values = value.list ?? [value]
    guard !values.isEmpty, values.count <= Self.mostPhotos else { return nil }
    var photos = PhotoNumbers.photos(values, in: project)
    if let category {
      let own = Set(project.category(category)?.photos.map(\.id) ?? [])
      photos = photos.filter(own.contains)
    }
    return photos.isEmpty ? nil : photos
  }
}
