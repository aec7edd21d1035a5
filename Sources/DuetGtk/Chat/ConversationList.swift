// The conversation: bubbles from old to new, and below them who is thinking right now. Main thread.
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
  let newest: Widget
  private let announcer = Announcer()
  private var shown: [(id: UUID, row: Widget)] = []
  private var follow = FollowsEnd()
  private var hasOpened = false
  private var isScrollPlanned = false

  init() {
    list = Widget(gtk_list_box_new()).style("conversation").accessibleName(L("Conversation"))
    gtk_list_box_set_selection_mode(list.pointer, GTK_SELECTION_NONE)
    let content = Widget.column(spacing: 0, list, thinking.root)
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

  /// Shows `messages`, changing only what differs from before.
  func show(_ messages: [ChatMessage]) {
    let start = hasOpened ? firstShown(in: messages) : max(0, messages.count - Self.openingCount)
    let wanted = messages[start...]
    let common = zip(shown, wanted).prefix { $0.id == $1.id }.count
    for (_, row) in shown[common...] { gtk_list_box_remove(list.pointer, row.widget) }
    shown.removeSubrange(common...)
    for message in wanted.dropFirst(common) {
      let row = MessageRow.make(message)
      gtk_list_box_append(list.pointer, row.widget)
      shown.append((message.id, row))
      guard hasOpened else { continue }
      if message.author == .user {
        scrollToEnd()
      } else {
        announcer.announce(MessageRow.spoken(message))
        if !follow.isAtEnd { newest.isVisible = true }
      }
    }
    hasOpened = true
  }

  func showThinking(passive: Bool, active: Bool) { thinking.show(passive: passive, active: active) }

  private func firstShown(in messages: [ChatMessage]) -> Int {
    guard let first = shown.first else { return max(0, messages.count - Self.openingCount) }
    return messages.firstIndex { $0.id == first.id } ?? max(0, messages.count - Self.openingCount)
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
