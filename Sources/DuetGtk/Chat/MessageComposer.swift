// Where the person writes to the assistant: pictures, the entry, Stop and Send. Main thread.
// It holds what is being written and which earlier message is being edited, and nothing else.

import CGtk
import DuetEngine
import Foundation

@MainActor final class MessageComposer {
  /// What the person wants. Capture owners weakly.
  struct Wishes {
    /// The text has no spaces around it; it may be empty where there are pictures.
    var send: @MainActor (_ text: String, _ pictures: [AttachedPicture]) -> Void
    /// Send an earlier message again, in other words.
    var resend: @MainActor (_ message: ChatMessage.ID, _ text: String) -> Void = { _, _ in }
    var stop: @MainActor () -> Void = {}
    /// The person pressed a key in the entry.
    var typed: @MainActor () -> Void = {}
    /// The message is on its way.
    var sent: @MainActor () -> Void = {}
  }

  let root: Widget
  let entry = ComposerEntry()
  let pictures: ComposerPictures
  let send: Widget
  let stop: Widget
  /// "Editing an earlier message", with a button to leave it as it was.
  let editing: Widget
  /// Drops for pictures; for tests.
  private(set) var dropTarget: GObjectRef?

  private let wishes: Wishes
  private var edited: ChatMessage.ID?
  private var lockedReason: String?
  private let cancel: Widget

  init(workspace: Workspace, _ wishes: Wishes) {
    self.wishes = wishes
    pictures = ComposerPictures(workspace: workspace)
    send = Widget.iconButton("go-up-symbolic", name: L("Send")) {}
    stop = Widget.iconButton("media-playback-stop-symbolic", name: L("Stop the reply")) {}
    cancel = Widget.iconButton("window-close-symbolic", name: L("Leave the message as it was")) {}
    let caption = Widget.label(L("Editing an earlier message")).style("caption-heading").expand(horizontally: true)
    editing = Widget.row(spacing: 6, Widget(gtk_image_new_from_icon_name("document-edit-symbolic")), caption, cancel)
    editing.style("editing").isVisible = false
    cancel.style("flat", "circular")
    for button in [stop, send] { button.style("circular").align(vertically: GTK_ALIGN_END) }
    send.style("suggested-action")
    stop.isVisible = false
    let line = Widget.row(spacing: 8, entry.root, stop, send)
    root = Widget.column(spacing: 6, editing, pictures.root, line).style("composer")
    listen()
    refresh()
  }

  private func listen() {
    entry.onSubmit = { [weak self] in self?.submit() }
    entry.onChange = { [weak self] in self?.refresh() }
    entry.onTyping = { [weak self] in self?.wishes.typed() }
    entry.onPaste = { [weak self] in
      guard let self else { return false }
      return self.pictures.paste(into: self.entry.view)
    }
    pictures.onChange = { [weak self] in self?.refresh() }
    send.on("clicked") { [weak self] _ in self?.submit() }
    stop.on("clicked") { [weak self] _ in self?.stopReply() }
    cancel.on("clicked") { [weak self] _ in self?.stopEditing() }
    let target = root.acceptPhotos { [weak self] in self?.pictures.take($0) }
    // Before the entry, which would take the files' names as text.
    gtk_event_controller_set_propagation_phase(target.pointer, GTK_PHASE_CAPTURE)
    dropTarget = target
  }

  /// Puts the cursor into the entry.
  func focus() { entry.focus() }

  /// What is in the entry, without spaces around it.
  var typed: String { entry.text.trimmingCharacters(in: .whitespacesAndNewlines) }

  /// Whether a reply is under way that can be stopped.
  var isReplying: Bool {
    get { stop.isVisible }
    set {
      guard newValue != stop.isVisible else { return }
      // The button is about to go: whoever pressed it writes on.
      if !newValue, gtk_widget_has_focus(stop.widget) != 0 { focus() }
      stop.isVisible = newValue
    }
  }

  /// Puts the words of an earlier message into the entry; sending replaces that message.
  func edit(_ message: ChatMessage) {
    edited = message.id
    editing.isVisible = true
    entry.text = message.text
    focus()
  }

  /// - Parameter reason: why nothing can be sent; nil: something can.
  func lock(_ reason: String?) {
    lockedReason = reason
    entry.lock(reason)
    send.tooltip(reason ?? L("Send")).accessibleDescription(reason ?? "")
    refresh()
  }

  /// What Escape means right now; false: nothing.
  func escape() -> Bool {
    if edited != nil {
      stopEditing()
    } else if isReplying {
      stopReply()
    } else {
      return false
    }
    return true
  }

  private func stopReply() {
    wishes.stop()
    focus()
  }

  private func stopEditing() {
    edited = nil
    editing.isVisible = false
    entry.text = ""
    focus()
  }

  private func refresh() {
    send.isSensitive = lockedReason == nil && pictures.isSettled && (!typed.isEmpty || !pictures.pictures.isEmpty)
  }

  private func submit() {
    refresh()
    guard send.isSensitive else { return }
    let message = typed
    entry.text = ""
    entry.history.end()
    if let edited {
      stopEditing()
      if !message.isEmpty { wishes.resend(edited, message) }
    } else {
      wishes.send(message, pictures.takeAll())
    }
    focus()
    wishes.sent()
  }
}
