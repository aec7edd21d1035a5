// One message of the conversation: a bubble with what belongs to it. Main thread; the list owns the row.
// Words come from people and from language models: they are shown as plain text, never as markup. Only what can
// change after a message was said (its cards, its buttons) is made again; the words stay as they are.

import CGtk
import DuetEngine

@MainActor final class MessageRow {
  /// What a row shows.
  struct Content: Equatable {
    let message: ChatMessage
    var marks: [ClaimMark] = []
    var cards: [ProposalCard.Content] = []
    /// Buttons that make sense for this message now.
    var offers: Set<Offer> = []
  }

  enum Offer: Hashable { case regenerate, edit, sendAgain, dismissAdvice }

  /// Characters in a line before a bubble stops growing; the panel is narrow.
  static let widest: Int32 = 34
  /// Pixels left free on the side of the other speaker.
  static let indent: Int32 = 28

  /// The GtkListBoxRow.
  let root: Widget
  let proposals: ProposalStack
  let claims: ClaimList
  private(set) var buttons: [Offer: Widget] = [:]
  private var content: Content

  init(_ content: Content, _ actions: MessageActions) {
    self.content = content
    let message = content.message
    proposals = ProposalStack(actions)
    claims = ClaimList(content.marks) { actions.show($0, message.id) }
    root = Widget(gtk_list_box_row_new()).style("message-row")
    makeButtons(actions)
    let column = Widget.column(spacing: 6, message.author == .user ? ownBubble() : bubble(), proposals.root)
    gtk_list_box_row_set_child(root.cast(), column.widget)
    gtk_list_box_row_set_activatable(root.cast(), 0)
    // The bubble's text is what the keyboard reaches; a stop at the row around it would be one too many.
    gtk_widget_set_focusable(root.widget, 0)
    root.accessibleName(MessageCaption.spoken(message))
    showChanging()
  }

  /// Shows what changed since; the message must be the same one.
  func show(_ content: Content) {
    guard content != self.content else { return }
    self.content = content
    showChanging()
  }

  private func showChanging() {
    proposals.show(content.cards)
    for (offer, button) in buttons { button.isVisible = content.offers.contains(offer) }
  }

  // -- Building

  private func makeButtons(_ actions: MessageActions) {
    let message = content.message
    let id = message.id
    func icon(_ name: String, _ title: String, _ act: @escaping @MainActor () -> Void) -> Widget {
      Widget.iconButton(name, name: title, onClick: act).style("flat", "circular", "message-action")
        .align(vertically: GTK_ALIGN_CENTER)
    }
    switch message.author {
    case .user:
      buttons[.edit] = icon("document-edit-symbolic", L("Edit and send again")) { actions.edit(message) }
    case .passive:
      buttons[.regenerate] = icon("view-refresh-symbolic", L("Ask for another answer")) { actions.regenerate(id) }
      let again = Widget.button(L("Send again")) { actions.sendAgain(id) }
      buttons[.sendAgain] = again.align(horizontally: GTK_ALIGN_START)
    case .active:
      buttons[.dismissAdvice] = icon("window-close-symbolic", L("Dismiss this advice")) { actions.dismissAdvice(id) }
    }
  }

  private func ownBubble() -> Widget {
    let bubble = Widget.column(spacing: 2, text()).style("bubble", "bubble-user")
    if let note = Self.pictureNote(content.message) { bubble.append(note) }
    let row = Widget.row(spacing: 4).align(horizontally: GTK_ALIGN_END)
    if let edit = buttons[.edit] { row.append(edit) }
    row.append(bubble)
    gtk_widget_set_margin_start(row.widget, buttons[.edit] == nil ? Self.indent : 0)
    return row
  }

  private func bubble() -> Widget {
    let caption = MessageCaption.make(content.message)
    let space = Widget.label(wraps: false).expand(horizontally: true)
    caption.append(space)
    for offer in [Offer.regenerate, .dismissAdvice] { if let button = buttons[offer] { caption.append(button) } }
    let bubble = Widget.column(spacing: 2, caption, text())
    for note in content.message.notes {
      let words = Widget.label(note.sentence).style("caption", "reply-note")
      gtk_label_set_max_width_chars(words.pointer, Self.widest)
      bubble.append(words)
    }
    bubble.append(claims.root)
    if let again = buttons[.sendAgain] { bubble.append(again) }
    bubble.style("bubble", content.message.author == .active ? "bubble-active" : "bubble-passive")
    bubble.align(horizontally: GTK_ALIGN_START)
    gtk_widget_set_margin_end(bubble.widget, Self.indent)
    return bubble
  }

  private func text() -> Widget {
    let text = Widget.label(content.message.text)
    gtk_label_set_selectable(text.pointer, 1)
    gtk_label_set_max_width_chars(text.pointer, Self.widest)
    if !content.marks.isEmpty { ClaimMark.underline(content.marks, in: text) }
    return text.style("message-text")
  }

  private static func pictureNote(_ message: ChatMessage) -> Widget? {
    guard message.pictures > 0 else { return nil }
    let words = Widget.label(LN("{count} picture", "{count} pictures", message.pictures), wraps: false)
    return Widget.row(spacing: 4, Widget(gtk_image_new_from_icon_name("image-x-generic-symbolic")), words)
      .style("caption")
  }
}
