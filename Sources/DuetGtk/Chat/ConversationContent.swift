// From a project to what the rows of the conversation show. Pure: a snapshot in, values out.
// Cards are worked out once for every change of the photos or the proposals, not for every new message.

import DuetEngine
import Foundation

struct ConversationContent {
  /// Thumbnails on a card; the panel is narrow.
  private static let photosOnCard = 4

  private var categories: [DuetEngine.Category] = []
  private var proposals: [Proposal] = []
  private var cards: [ChatMessage.ID: [ProposalCard.Content]] = [:]

  /// - Parameter canAsk: whether assistants may answer at all now.
  mutating func rows(_ snapshot: ProjectSnapshot, canAsk: Bool) -> [MessageRow.Content] {
    if snapshot.proposals != proposals || snapshot.categories != categories {
      (proposals, categories) = (snapshot.proposals, snapshot.categories)
      let names = Dictionary(
        categories.lazy.flatMap(\.photos).map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
      cards = Dictionary(grouping: proposals, by: \.message)
        .mapValues { $0.map { Self.card($0, in: snapshot, names: names) } }
    }
    // Advice that was dismissed stays in the file and in the study log, and is out of the way here.
    return snapshot.messages.filter { snapshot.dismissedAdvice[$0.id] == nil }.map { message in
      MessageRow.Content(
        message: message, marks: Self.marks(of: message), cards: cards[message.id] ?? [],
        offers: canAsk ? Self.offers(for: message) : Self.offers(for: message).intersection([.dismissAdvice]))
    }
  }

  static func card(
    _ proposal: Proposal, in snapshot: ProjectSnapshot, names: [PhotoID: String]
  ) -> ProposalCard.Content {
    let preview = proposal.preview(in: snapshot)
    let state: ProposalCard.Content.State =
      switch proposal.state {
      case .applied: .applied
      case .dismissed: .dismissed
      case .waiting where preview.canApply: .waiting
      case .waiting, .outdated: .outdated(preview.reason ?? L("This cannot be done any more."))
      }
    let shown = preview.photos.prefix(photosOnCard)
    return ProposalCard.Content(
      id: proposal.id, title: preview.title, preview: preview.sentence,
      photos: shown.map { .init(id: $0, name: names[$0] ?? L("Photo")) },
      furtherPhotos: preview.photos.count - shown.count, state: state)
  }

  static func marks(of message: ChatMessage) -> [ClaimMark] {
    message.claims.enumerated().compactMap { index, claim in
      guard claim.lower <= claim.upper else { return nil }
      var contradiction: String?
      if case .contradicted(let fact) = claim.verdict { contradiction = fact }
      return ClaimMark(
        in: message.text, scalars: claim.lower..<claim.upper, contradiction: contradiction, index: index,
        canBeShown: claim.shows != nil)
    }
  }

  /// The opening question and the app's own notes cannot be asked for again.
  static func offers(for message: ChatMessage) -> Set<MessageRow.Offer> {
    switch message.author {
    case .user: message.purpose == .chat ? [.edit] : []
    case .passive where message.failed: [.sendAgain]
    case .passive: message.purpose == .opening || message.source == .app ? [] : [.regenerate]
    case .active: message.source == .app ? [] : [.dismissAdvice]
    }
  }
}
