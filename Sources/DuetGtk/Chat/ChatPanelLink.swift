// Between the panel's parts and what they act on: every wish of the person ends in a call of the assistants or of
// the workspace. Main thread. It holds nothing strongly, so the parts may keep it.

import CGtk
import DuetEngine
import Foundation

@MainActor final class ChatPanelLink {
  weak var panel: ChatPanel?
  private weak var workspace: Workspace?
  private weak var duet: Duet?
  private weak var textures: TextureLoader?
  private(set) var ledger: LedgerWindow?

  init(workspace: Workspace, duet: Duet, textures: TextureLoader) {
    self.workspace = workspace
    self.duet = duet
    self.textures = textures
  }

  func messageActions() -> MessageActions {
    MessageActions(
      regenerate: { [weak self] id in
        self?.workspace?.note(.replyRegenerated(id))
        self?.duet?.regenerate(id)
      },
      edit: { [weak self] in self?.panel?.composer.edit($0) },
      sendAgain: { [weak self] in self?.sendAgain($0) },
      dismissAdvice: { [weak self] id in
        self?.workspace?.note(.adviceDismissed(id))
        self?.duet?.dismissAdvice(id)
      },
      apply: { [weak self] in self?.apply($0) },
      dismiss: { [weak self] in self?.duet?.dismissProposal($0) },
      show: { [weak self] in self?.show(claim: $0, of: $1) },
      thumbnail: { [weak self] in self?.thumbnail($0, side: $1, name: $2) ?? Widget(gtk_image_new()) })
  }

  func composerWishes(busy: PersonBusy) -> MessageComposer.Wishes {
    MessageComposer.Wishes(
      send: { [weak self] in self?.duet?.send($0, pictures: $1) },
      resend: { [weak self] in self?.resend($0, text: $1) },
      stop: { [weak self] in
        self?.workspace?.note(.replyStopped)
        self?.duet?.stopReply()
      },
      typed: { [weak busy] in busy?.typed() },
      sent: { [weak busy] in busy?.stoppedTyping() })
  }

  /// - Parameter note: the app's note that a message got no answer.
  private func sendAgain(_ note: ChatMessage.ID) {
    guard let messages = workspace?.snapshot.messages, let place = messages.firstIndex(where: { $0.id == note }) else {
      return
    }
    let asked = messages[place].inReplyTo
    let message = messages[..<place].last { $0.author == .user && (asked == nil || $0.id == asked) }
    if let message { resend(message.id, text: message.text) }
  }

  private func resend(_ id: ChatMessage.ID, text: String) {
    workspace?.note(.messageResent(id))
    duet?.resend(id, text: text)
  }

  private func apply(_ id: Proposal.ID) {
    guard let workspace, let proposal = workspace.snapshot.proposals.first(where: { $0.id == id }) else { return }
    guard proposal.preview(in: workspace.snapshot).asksForTestPhoto else {
      duet?.applyProposal(id)
      return
    }
    guard let panel else { return }
    Task { [weak duet] in
      let chosen = await FileChooser.choose(L("Choose a test photo"), filters: [.photos], over: panel.root)
      if let photo = chosen.first { duet?.applyProposal(id, testPhoto: .file(photo)) }
    }
  }

  private func show(claim index: Int, of id: ChatMessage.ID) {
    guard let workspace, let message = workspace.snapshot.messages.first(where: { $0.id == id }),
      message.claims.indices.contains(index)
    else { return }
    workspace.note(.showMe(id))
    workspace.highlight = message.claims[index].shows
  }

  private func thumbnail(_ photo: PhotoID, side: Int32, name: String) -> Widget? {
    guard let workspace, let textures else { return nil }
    return PhotoActions(workspace: workspace, textures: textures) { _ in }.thumbnail(photo, side: side, name: name)
  }

  /// Opens the list of what was sent, or brings it to the front.
  func showLedger() {
    guard let workspace, let panel else { return }
    let open = ledger ?? LedgerWindow(
      workspace: workspace, over: gtk_widget_get_root(panel.root.widget).map { Widget(retaining: $0) })
    open.onClosed = { [weak self] in self?.ledger = nil }
    ledger = open
    open.present()
  }

  /// The project is about to be another one, or none.
  func closeLedger() { ledger?.close() }
}
