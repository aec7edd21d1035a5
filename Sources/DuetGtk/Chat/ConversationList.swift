// The conversation: bubbles from old to new, below them the replies that are streaming in, and who is thinking
// right now. Main thread.
// It follows the newest message only while the person is at the end; whoever reads further up stays there
// and gets a button to come back. Nothing here ever takes the keyboard focus.

import CGtk
import CGtkShim
import DuetEngine
import Foundation

@MainActor final class ConversationList {
  let root: Widget
  /// Long conversations open with their newest part; building thousands of bubbles would stall the window.
  static let openingCount = 150

  let list: Widget
  let scroller: Widget
  let thinking = ThinkingRow()
  /// One for each assistant.
  let drafts: [ChatMessage.Author: DraftBubble] = [.passive: DraftBubble(.passive), .active: DraftBubble(.active)]
  let newest: Widget
  /// A line of the active assistant came on the screen for the first time. Capture owners weakly.
  var onAdviceShown: @MainActor (ChatMessage.ID) -> Void = { _ in }
  private let announcer = Announcer()
  private let actions: MessageActions
  private var shown: [(id: UUID, row: MessageRow)] = []
  private var follow = FollowsEnd()
  private var hasOpened = false
  private var isScrollPlanned = false

  init(_ actions: MessageActions) {
    self.actions = actions
    list = Widget(gtk_list_box_new()).style("conversation").accessibleName(L("Conversation"))
    gtk_list_box_set_selection_mode(list.pointer, GTK_SELECTION_NONE)
    let content = Widget.column(spacing: 0, list)
    for author in [ChatMessage.Author.passive, .active] { if let draft = drafts[author] { content.append(draft.root) } }
    content.append(thinking.root)
    scroller = Widget.scroller(content).expand(vertically: true)
    newest = Widget.button(icon: "go-bottom-symbolic", L("New message")) {}
    newest.style("osd", "pill", "jump-to-newest").margin(8)
    newest.align(horizontally: GTK_ALIGN_CENTER, vertically: GTK_ALIGN_END)
    newest.isVisible = false
    root = Widget(gtk_overlay_new())
    gtk_overlay_set_child(root.pointer, scroller.widget)
    gtk_overlay_add_overlay(root.pointer, announcer.root.widget)
    gtk_overlay_add_overlay(root.pointer, newest.widget)
    newest.on("clicked") { [weak self] _ in self?.scrollToEnd() }

    let adjustment = GObjectRef(retaining: OpaquePointer(gtk_scrolled_window_get_vadjustment(scroller.pointer)))
    adjustment.on("changed") { [weak self] _ in self?.contentChanged() }
    adjustment.on("value-changed") { [weak self] _ in self?.scrolled() }
  }

  /// What is on the screen now, oldest first. For tests.
  var shownIDs: [UUID] { shown.map(\.id) }

  /// The row of a message that is on the screen.
  func row(_ id: ChatMessage.ID) -> MessageRow? { shown.first { $0.id == id }?.row }

  /// Shows `rows`, changing only what differs from before.
  func show(_ rows: [MessageRow.Content]) {
    let start = hasOpened ? firstShown(in: rows) : max(0, rows.count - Self.openingCount)
    let wanted = rows[start...]
    let common = zip(shown, wanted).prefix { $0.id == $1.message.id }.count
    for (_, row) in shown[common...] { gtk_list_box_remove(list.pointer, row.root.widget) }
    shown.removeSubrange(common...)
    for (content, (_, row)) in zip(wanted, shown) { row.show(content) }
    for content in wanted.dropFirst(common) {
      let message = content.message
      let row = MessageRow(content, actions)
      gtk_list_box_append(list.pointer, row.root.widget)
      shown.append((message.id, row))
      guard hasOpened else { continue }
      if message.author == .user {
        scrollToEnd()
      } else {
        announcer.announce(MessageCaption.spoken(message))
        if message.author == .active { onAdviceShown(message.id) }
        if !follow.isAtEnd { newest.isVisible = true }
      }
    }
    hasOpened = true
  }

  func showThinking(passive: Bool, active: Bool) { thinking.show(passive: passive, active: active) }

  private func firstShown(in rows: [MessageRow.Content]) -> Int {
    let latest = max(0, rows.count - Self.openingCount)
    guard let first = shown.first else { return latest }
    return rows.firstIndex { $0.message.id == first.id } ?? latest
  }

  private func scrollToEnd() {
    follow.isAtEnd = true
    contentChanged()
  }

  /// The content or the room for it changed. Scrolling waits for the next turn of the loop: GTK reports the
  /// change while it gives out room, and does not draw a position that is set at that moment.
  private func contentChanged() {
    guard follow.isAtEnd, !isScrollPlanned else { return }
    isScrollPlanned = true
    Task { [weak self] in
      self?.isScrollPlanned = false
      self?.moveToEnd()
    }
  }

  private func moveToEnd() {
    guard follow.isAtEnd, let adjustment = gtk_scrolled_window_get_vadjustment(scroller.pointer) else { return }
    let end = gtk_adjustment_get_upper(adjustment) - gtk_adjustment_get_page_size(adjustment)
    follow.isMovingItself = true
    gtk_adjustment_set_value(adjustment, end)
    follow.isMovingItself = false
    newest.isVisible = false
  }

  private func scrolled() {
    guard !follow.isMovingItself, let adjustment = gtk_scrolled_window_get_vadjustment(scroller.pointer) else { return }
    follow.moved(
      value: gtk_adjustment_get_value(adjustment), page: gtk_adjustment_get_page_size(adjustment),
      upper: gtk_adjustment_get_upper(adjustment))
    if follow.isAtEnd { newest.isVisible = false }
  }
}

/// Whether the person is at the end of the conversation, and so wants to be kept there.
struct FollowsEnd {
  /// A line of text: so far from the end still counts as the end.
  static let tolerance = 24.0
  var isAtEnd = true
  /// True while this code, not the person, moves the scroll bar.
  var isMovingItself = false

  /// The person scrolled; all in pixels.
  mutating func moved(value: Double, page: Double, upper: Double) {
    isAtEnd = value + page >= upper - Self.tolerance
  }
}
