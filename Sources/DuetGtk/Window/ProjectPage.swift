// The window's page for an open project: teach on the left, test in the middle, assistants on the right; and, beside
// them, the page about boundaries, made when it is first looked at.
// Main thread. It shows the session and sends what the person does to it; the application owns the session.

import CGtk
import DuetEngine

@MainActor final class ProjectPage: WindowPage {
  let root: Widget
  /// Nil in the baseline system.
  let chat: ChatPanel?

  private let workspace: Workspace
  let header: ProjectHeader
  let choice = PageChoice()
  private let stack = Widget(adw_view_stack_new())
  private let boundaryPlace = Widget(adw_bin_new())
  private let flap = Widget(adw_flap_new())
  let teach: TeachView
  let test: TestView
  /// Open while the person looks at the score, the checks, "what if?" or the map.
  private(set) var insight: InsightWindow?
  private let textures: TextureLoader
  private var refreshes: [Observe] = []
  private(set) var settings: ProjectSettings?
  private var lastNotice: Notice.ID?
  /// Whatever is dragged over the page; for tests.
  private(set) var drags: GObjectRef?

  /// Pixels that the test area keeps, however wide the window is.
  private static let testWidth: Int32 = 396

  /// - Parameters:
  ///   - room: the sessions behind the page about boundaries.
  ///   - onNotice: a sentence to show as a toast. Capture owners weakly.
  init(
    session: ProjectSession, room: BoundaryRoom = BoundaryRoom(),
    onNotice: @escaping @MainActor (Notice) -> Void = { _ in }
  ) {
    workspace = session.workspace
    let duet = session.duet
    textures = TextureLoader(workspace: workspace)
    chat = duet.map { [textures] in ChatPanel(workspace: session.workspace, duet: $0, textures: textures) }
    teach = TeachView(workspace: workspace, textures: textures, showsAskButtons: duet != nil) { [weak duet, weak workspace] in
      workspace?.note(.askedAboutCategory($0))
      duet?.askAboutCategory($0)
    }
    test = TestView(workspace: workspace, textures: textures, showsAskButton: duet != nil) { [weak duet, weak workspace] in
      workspace?.note(.askedAboutResult)
      duet?.askAboutResult()
    }
    let asking = duet?.policy.reason(for: .assistants)
    teach.askingIsLocked = asking
    test.ask.lock(asking)
    let route = HistoryRoute()
    header = ProjectHeader(
      workspace: workspace, hasAssistants: duet != nil, pages: stack, choice: choice, undo: { route.page?.undo() },
      redo: { route.page?.redo() })

    teach.root.expand(horizontally: true, vertically: true)
    test.root.size(width: Self.testWidth).expand(horizontally: false, vertically: true)
    let panes = Widget.row(
      spacing: 0, teach.root, Widget(gtk_separator_new(GTK_ORIENTATION_VERTICAL)), test.root)
    panes.expand(horizontally: true, vertically: true)
    root = Widget.column(spacing: 0, header.root)
    let teachPage = chat == nil ? panes : flap
    if let chat {
      drags = chat.busy.watchDrags(over: root)
      arrange(panes, beside: chat)
    }
    for (part, page) in [(ProjectPart.teach, teachPage), (.boundary, boundaryPlace)] {
      adw_view_stack_add_titled_with_icon(stack.pointer, page.widget, part.rawValue, part.title, part.icon)
    }
    root.append(stack.expand(horizontally: true, vertically: true))
    route.page = self
    stack.on("notify::visible-child") { [weak self] _ in
      self?.partChanged(room)
    }

    teach.trainBar.onShowScore = { [weak self] in self?.showInsight(.score) }
    teach.copiesBanner.onShow = { [weak self] in self?.showInsight(.checks) }
    test.onGo = { [weak self] in self?.go(to: $0) }
    settings = ProjectSettings(of: header.root, workspace: workspace)
    lastNotice = workspace.notice?.id
    refreshes.append(Observe { [weak self] in
      guard let self, let notice = self.workspace.notice, notice.id != self.lastNotice else { return }
      self.lastNotice = notice.id
      onNotice(notice)
    })
  }

  // The window over this one shows a project that is about to be another one, or none.
  isolated deinit { insight?.close() }

  /// Opens the window about the model's quality, or brings it to the front.
  func showInsight(_ page: InsightPage) {
    if insight == nil {
      let actions = PhotoActions(workspace: workspace, textures: textures) { [weak self] in self?.go(to: $0) }
      let made = InsightWindow(actions, over: gtk_widget_get_root(root.widget).map { Widget(retaining: $0) })
      made.onClosed = { [weak self] in self?.insight = nil }
      insight = made
    }
    insight?.show(page)
  }

  /// To a photo among the categories, which may lie under the other window.
  private func go(to photo: PhotoID) {
    if let window = gtk_widget_get_root(root.widget) { gtk_window_present(UnsafeMutablePointer<GtkWindow>(window)) }
    teach.reveal(photo)
  }

  // Undo, redo and train mean the visible page.
  func undo() { choice.part == .teach ? workspace.undo() : choice.boundary?.undo() }
  func redo() { choice.part == .teach ? workspace.redo() : choice.boundary?.redo() }
  func train() { choice.part == .teach ? workspace.train() : choice.boundary?.train() }

  func show(_ part: ProjectPart) { adw_view_stack_set_visible_child_name(stack.pointer, part.rawValue) }

  private func partChanged(_ room: BoundaryRoom) {
    guard let name = adw_view_stack_get_visible_child_name(stack.pointer),
      let part = ProjectPart(rawValue: String(cString: name)), part != choice.part
    else { return }
    choice.part = part
    if part == .teach { choice.boundary?.leave() }
    guard part == .boundary, choice.boundary == nil else { return }
    let page = BoundaryPage(room) { [weak workspace] in workspace?.tell($0) }
    choice.boundary = page
    adw_bin_set_child(boundaryPlace.cast(), page.root.widget)
  }

  var showsChat: Bool { chat != nil && adw_flap_get_reveal_flap(flap.pointer) != 0 }

  func focusMessage() {
    guard let chat else { return }
    show(.teach)
    adw_flap_set_reveal_flap(flap.pointer, 1)
    chat.focusEntry()
  }

  func toggleChat() {
    guard chat != nil, choice.part == .teach else { return }
    adw_flap_set_reveal_flap(flap.pointer, showsChat ? 0 : 1)
  }

  private func arrange(_ panes: Widget, beside chat: ChatPanel) {
    flap.expand(vertically: true)
    adw_flap_set_content(flap.pointer, panes.widget)
    adw_flap_set_flap(flap.pointer, chat.root.widget)
    adw_flap_set_separator(flap.pointer, gtk_separator_new(GTK_ORIENTATION_VERTICAL))
    adw_flap_set_flap_position(flap.pointer, GTK_PACK_END)
    // The keyboard and the button decide; a swipe would get in the way of dragging photos.
    adw_flap_set_swipe_to_open(flap.pointer, 0)
    adw_flap_set_swipe_to_close(flap.pointer, 0)
    if let toggle = header.chatToggle {
      g_object_bind_property(
        flap.raw, "reveal-flap", toggle.raw, "active",
        GBindingFlags(G_BINDING_BIDIRECTIONAL.rawValue | G_BINDING_SYNC_CREATE.rawValue))
    }
  }
}

/// Where the header's undo and redo go; apart from the page so that the header never keeps it alive.
@MainActor private final class HistoryRoute {
  weak var page: ProjectPage?
}
