// The right of the window: the conversation with both assistants. Main thread.
// It shows `workspace.snapshot` and the flags of `duet`, and calls `duet`; it decides nothing.
// The lines at the bottom say at all times where replies come from and how many photos left the computer.

import CGtk
import DuetEngine
import Foundation

@MainActor final class ChatPanel {
  let root: Widget
  /// Pixels; the panel does not take part in the window's growth.
  static let width: Int32 = 340

  let conversation: ConversationList
  let composer: MessageComposer
  let activeSwitch: ActiveSwitch
  let consent: ConsentRow
  /// What a teacher's policy says about the assistants as a whole; hidden without one.
  let policyNote = Widget.label()
  let busy: PersonBusy
  /// Opens the list of everything that was sent.
  let ledgerLine: Widget
  /// Keys that nothing inside the panel took; tests emit Escape on it.
  private(set) var keys: GObjectRef?
  private let photosSent = Widget.label().style("caption", "dim-label")
  private let status = Widget.label().style("caption", "dim-label")
  private var content = ConversationContent()
  private var refreshes: [Observe] = []
  private let link: ChatPanelLink

  init(workspace: Workspace, duet: Duet, textures: TextureLoader) {
    link = ChatPanelLink(workspace: workspace, duet: duet, textures: textures)
    conversation = ConversationList(link.messageActions())
    busy = PersonBusy { [weak duet] in duet?.personIsBusy = $0 }
    composer = MessageComposer(workspace: workspace, link.composerWishes(busy: busy))
    activeSwitch = ActiveSwitch(workspace: workspace) { [weak duet] isOn in duet?.setActive(isOn) }
    consent = ConsentRow(duet: duet, workspace: workspace)
    conversation.onAdviceShown = { [weak workspace] in workspace?.note(.adviceShown($0)) }
    ledgerLine = Widget(gtk_button_new())
    root = Widget.column(spacing: 0).style("chat-panel").size(width: Self.width).expand(horizontally: false)
    link.panel = self
    build()
    keys = root.onKey { [weak self] key, _ in
      guard let self, Int32(bitPattern: key) == GDK_KEY_Escape else { return false }
      return self.composer.escape()
    }
    ledgerLine.on("clicked") { [link] _ in link.showLedger() }
    follow(workspace, duet)
  }

  private func build() {
    let title = Widget.label(L("Assistants"), wraps: false).style("heading").expand(horizontally: true)
    let header = Widget.row(title, activeSwitch.root).margin(horizontally: 12, vertically: 8)
    gtk_button_set_child(ledgerLine.cast(), photosSent.widget)
    ledgerLine.style("flat", "ledger-line").align(horizontally: GTK_ALIGN_START)
    ledgerLine.tooltip(L("Show everything that was sent to an assistant"))
    status.style("status-line")
    let footer = Widget.column(spacing: 0, status, ledgerLine).style("chat-footer")
    for part in [
      header, Widget(gtk_separator_new(GTK_ORIENTATION_HORIZONTAL)), policyNote, conversation.root, consent.root,
      composer.root, footer,
    ] { root.append(part) }
    policyNote.style("policy-note")
  }

  private func follow(_ workspace: Workspace, _ duet: Duet) {
    refreshes = [
      Observe { [weak self] in
        guard let self else { return }
        self.conversation.show(self.content.rows(workspace.snapshot, canAsk: !duet.policy.assistantsOff))
      },
      Observe { [weak self] in
        for author in [ChatMessage.Author.passive, .active] {
          self?.conversation.drafts[author]?.show(duet.drafts[author]?.text)
        }
      },
      Observe { [weak self] in self?.showWhoIsAtWork(duet) },
      Observe { [weak self] in self?.follow(duet.policy) },
      Observe { [weak self] in self?.status.text = duet.statusLine },
      Observe { [weak self] in
        self?.photosSent.text = duet.ledgerLine
        self?.ledgerLine.accessibleName(duet.ledgerLine)
      },
      Observe { [weak self] in
        self?.composer.entry.history.learn(
          workspace.snapshot.messages.filter { $0.author == .user && $0.purpose == .chat }.map(\.text))
      },
    ]
  }

  /// What is locked says why.
  private func follow(_ policy: AssistantPolicy) {
    let off = policy.reason(for: .assistants)
    composer.lock(off)
    composer.pictures.lockedReason = policy.reason(for: .photos)
    activeSwitch.lock(off)
    let hints = policy.hintsOnly ? L("Your teacher wants the assistants to give hints instead of answers.") : nil
    policyNote.text = off ?? hints ?? ""
    policyNote.isVisible = !policyNote.text.isEmpty
  }

  /// A draft on the screen says for itself that its assistant is at work.
  private func showWhoIsAtWork(_ duet: Duet) {
    let drafting = Set(duet.drafts.filter { !$0.value.text.isEmpty }.keys)
    conversation.showThinking(
      passive: duet.passiveIsThinking && !drafting.contains(.passive),
      active: duet.activeIsThinking && !drafting.contains(.active))
    composer.isReplying = duet.passiveIsThinking || !duet.drafts.isEmpty
  }

  // The window over this one shows a project that is about to be another one, or none.
  isolated deinit { link.closeLedger() }

  /// Open while the person looks at what was sent.
  var ledger: LedgerWindow? { link.ledger }

  func focusEntry() { composer.focus() }
}
