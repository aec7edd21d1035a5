// The cards below one message. Many collapse after the first few: a model that proposes a hundred things must not
// bury the conversation. Main thread; the row of the message owns it.

import CGtk
import DuetEngine
import Foundation

@MainActor final class ProposalStack {
  /// Cards that show without being asked for.
  static let openingCount = 3

  let root = Widget.column(spacing: 8)
  /// "Show 9 more proposals".
  let more: Widget
  private(set) var cards: [(id: UUID, card: ProposalCard)] = []
  private var contents: [ProposalCard.Content] = []
  private var isOpen = false
  private let actions: MessageActions

  init(_ actions: MessageActions) {
    self.actions = actions
    more = .button("") {}
    more.style("flat")
    root.append(more)
    more.on("clicked") { [weak self] _ in self?.open() }
    show([])
  }

  func show(_ contents: [ProposalCard.Content]) {
    self.contents = contents
    let wanted = contents.prefix(isOpen ? contents.count : Self.openingCount)
    if cards.map(\.id) != wanted.map(\.id) { rebuild(wanted.map(\.id)) }
    for (content, (_, card)) in zip(wanted, cards) { card.show(content) }
    let hidden = contents.count - wanted.count
    gtk_button_set_label(
      more.cast(), LN("Show {count} more proposal", "Show {count} more proposals", hidden))
    more.isVisible = hidden > 0
    root.isVisible = !contents.isEmpty
  }

  private func open() {
    isOpen = true
    show(contents)
  }

  private func rebuild(_ ids: [UUID]) {
    let kept = Dictionary(cards.map { ($0.id, $0.card) }, uniquingKeysWith: { first, _ in first })
    for (_, card) in cards { root.remove(card.root) }
    cards = ids.map { ($0, kept[$0] ?? make($0)) }
    var above: Widget?
    for (_, card) in cards {
      gtk_box_insert_child_after(root.cast(), card.root.widget, above?.widget)
      above = card.root
    }
  }

  private func make(_ id: UUID) -> ProposalCard {
    let actions = actions
    return ProposalCard(
      thumbnail: actions.thumbnail, onApply: { actions.apply(id) }, onDismiss: { actions.dismiss(id) })
  }
}
