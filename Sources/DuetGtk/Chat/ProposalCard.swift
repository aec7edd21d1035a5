// A change that an assistant proposes, as a card: what would change, the photos it is about, Apply and Dismiss.
// Main thread; it shows a value and reports what is pressed. Nothing is ever applied by itself, and names that a
// model made up are plain text here.

import CGtk
import DuetEngine
import Foundation

@MainActor final class ProposalCard {
  /// What a card shows.
  struct Content: Equatable, Sendable {
    enum State: Equatable, Sendable {
      case waiting, applied, dismissed
      /// Why it cannot be applied any more.
      case outdated(String)
    }

    let id: UUID
    /// What would be done: "Create the category “Mushrooms”".
    let title: String
    /// What follows from it: "12 photos will move".
    let preview: String
    /// The photos that it is about, and their names; not more than are worth showing.
    let photos: [Photo]
    /// How many photos it is about beyond ``photos``.
    let furtherPhotos: Int
    let state: State
    /// Why changes cannot be applied at all right now; nil: they can.
    var lockedReason: String?

    struct Photo: Equatable, Sendable {
      let id: PhotoID
      let name: String
    }
  }

  /// Of a thumbnail, in pixels.
  private static let side: Int32 = 44

  let root = Widget.column(spacing: 6)
  let apply: Widget
  let dismiss: Widget
  private let title = Widget.label().style("heading")
  private let preview = Widget.label().style("dim-label")
  private let photos = Widget.row(spacing: 4)
  private let state = Widget.label().style("caption-heading")
  private let stateIcon = Widget(gtk_image_new())
  private let stateRow: Widget
  private let buttons: Widget
  private var shown: Content?
  private let thumbnail: @MainActor (PhotoID, Int32, String) -> Widget

  /// - Parameters:
  ///   - thumbnail: a picture of a photo with this side in pixels and this name.
  ///   - onApply, onDismiss: capture owners weakly.
  init(
    thumbnail: @escaping @MainActor (PhotoID, Int32, String) -> Widget, onApply: @escaping @MainActor () -> Void,
    onDismiss: @escaping @MainActor () -> Void
  ) {
    self.thumbnail = thumbnail
    apply = Widget.button(L("Apply"), onClick: onApply).style("suggested-action")
    dismiss = Widget.button(L("Dismiss"), onClick: onDismiss)
    buttons = Widget.row(spacing: 6, dismiss, apply).align(horizontally: GTK_ALIGN_END)
    stateRow = Widget.row(spacing: 6, stateIcon, state)
    for part in [title, preview, photos, stateRow, buttons] { root.append(part) }
    root.style("card", "proposal")
    gtk_label_set_max_width_chars(title.pointer, MessageRow.widest)
    gtk_label_set_max_width_chars(preview.pointer, MessageRow.widest)
    gtk_label_set_max_width_chars(state.pointer, MessageRow.widest)
  }

  func show(_ content: Content) {
    guard content != shown else { return }
    if shown?.photos != content.photos || shown?.furtherPhotos != content.furtherPhotos { showPhotos(content) }
    shown = content
    title.text = content.title
    preview.text = content.preview
    preview.isVisible = !content.preview.isEmpty && content.state == .waiting
    photos.isVisible = !content.photos.isEmpty && content.state == .waiting
    buttons.isVisible = content.state == .waiting
    stateRow.isVisible = content.state != .waiting
    root.toggleStyle("settled", content.state != .waiting)
    let (icon, words) = Self.words(for: content.state)
    gtk_image_set_from_icon_name(stateIcon.pointer, icon)
    state.text = words
    apply.isSensitive = content.lockedReason == nil
    apply.tooltip(content.lockedReason ?? "")
    apply.accessibleDescription([content.title, content.lockedReason].compactMap { $0 }.joined(separator: ". "))
    dismiss.accessibleDescription(content.title)
    root.accessibleName(L("Proposal: {title}", ["title": content.title]))
    root.accessibleDescription(content.state == .waiting ? content.preview : words)
  }

  private func showPhotos(_ content: Content) {
    while let old = gtk_widget_get_first_child(photos.widget) { gtk_box_remove(photos.cast(), old) }
    for photo in content.photos { photos.append(thumbnail(photo.id, Self.side, photo.name)) }
    if content.furtherPhotos > 0 {
      photos.append(Widget.label("+\(content.furtherPhotos)", wraps: false).style("dim-label", "caption"))
    }
  }

  private static func words(for state: Content.State) -> (icon: String, words: String) {
    switch state {
    case .waiting: ("", "")
    case .applied: ("emblem-ok-symbolic", L("Applied"))
    case .dismissed: ("window-close-symbolic", L("Dismissed"))
    case .outdated(let reason): ("dialog-information-symbolic", reason)
    }
  }
}
