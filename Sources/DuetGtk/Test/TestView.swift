// The middle of the window: the test photo and the model's answer. Main thread.
// It reads the workspace and sends operations; the only state of its own is the order of the bars.

import CGtk
import CGtkShim
import DuetEngine

@MainActor final class TestView {
  let root: Widget
  let chart = ProbabilityChart()
  let title = Widget.label().style("title-4")
  let detail = Widget.label().style("dim-label")
  let ask: Widget
  /// For tests: drops and keys are emitted on these.
  private(set) var dropTarget: GObjectRef?
  private(set) var pasteKeys: GObjectRef?

  private let workspace: Workspace
  private let showsAskButton: Bool
  private let photo: TestPhoto
  let neighbours: Neighbours
  /// Leads to a training photo among the categories. Capture owners weakly.
  var onGo: @MainActor (PhotoID) -> Void = { _ in }
  private let shelf: DemoShelf
  private let choose: Widget
  private let spinner = Widget(gtk_spinner_new())
  private let order = Widget(gtk_toggle_button_new_with_label(L("Largest first")))
  private let ownOrder = Widget(gtk_toggle_button_new_with_label(L("My order")))
  private let orderRow: Widget
  private var refresh: Observe?
  private var marks: Observe?
  private var markEnd: HighlightEnd?

  /// - Parameters:
  ///   - textures: shared with other views of the same workspace, or nil for its own.
  ///   - showsAskButton: false in the baseline system.
  ///   - onAsk: the person wants to hear the assistant's opinion of the answer. Capture owners weakly.
  init(
    workspace: Workspace, textures: TextureLoader? = nil, showsAskButton: Bool,
    onAsk: @escaping @MainActor () -> Void
  ) {
    let textures = textures ?? TextureLoader(workspace: workspace)
    self.workspace = workspace
    self.showsAskButton = showsAskButton
    let opener = ChooseTestPhoto(workspace: workspace)
    photo = TestPhoto(textures: textures) { opener.open() }
    let going = Going()
    neighbours = Neighbours(
      PhotoActions(workspace: workspace, textures: textures) { going.view?.onGo($0) })
    shelf = DemoShelf(workspace: workspace)
    ask = .button(icon: "user-available-symbolic", L("Ask the assistant about this result"), onClick: onAsk)
    choose = .button(L("Choose a test photo")) { opener.open() }
    orderRow = .row(spacing: 0, order, ownOrder)
    root = Widget(gtk_scrolled_window_new())
    opener.window = root
    going.view = self
    build()
    refresh = Observe { [weak self] in
      if let self { self.show(self.workspace.snapshot, isTesting: self.workspace.isTesting) }
    }
    marks = Observe { [weak self] in
      if let self { self.mark(self.workspace.highlight) }
    }
    markEnd = HighlightEnd(workspace: workspace, clicksIn: root)
  }

  private func build() {
    gtk_toggle_button_set_group(ownOrder.cast(), order.cast())
    gtk_toggle_button_set_active(order.cast(), 1)
    order.on("toggled") { [weak self] _ in
      if let self { self.showBars(self.workspace.snapshot) }
    }
    orderRow.style("linked", "bar-order").align(vertically: GTK_ALIGN_END)
    let heading = Widget.label(L("Test")).style("title-4")
    heading.expand(horizontally: true)
    photo.root.expand(horizontally: true, vertically: true)

    let header = Widget.row(spacing: 12, heading, spinner, choose)
    let pictures = Widget.row(spacing: 12, photo.root, neighbours.root)
    detail.expand(horizontally: true)
    let underTitle = Widget.row(spacing: 12, detail, orderRow)
    let answer = Widget.column(spacing: 6, title, underTitle)
    let content = Widget.column(spacing: 12, header, pictures, answer, chart.root, ask, shelf.root)
    content.margin(18)
    gtk_scrolled_window_set_policy(root.pointer, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC)
    gtk_scrolled_window_set_child(root.pointer, content.widget)
    root.style("test-view")
    dropTarget = root.acceptPhotos { [weak self] in self?.take($0) }
    pasteKeys = root.acceptPastedPhotos { [weak self] in self?.take($0) }
  }

  // -- Showing

  private func show(_ snapshot: ProjectSnapshot, isTesting: Bool) {
    spinner.isVisible = isTesting
    gtk_spinner_set_spinning(spinner.pointer, isTesting ? 1 : 0)
    photo.show(snapshot.test)
    neighbours.show(snapshot)
    shelf.show(snapshot)
    title.text = ResultSentence.title(snapshot) ?? ""
    title.isVisible = !title.text.isEmpty
    detail.text = ResultSentence.detail(snapshot) ?? ""
    ask.isVisible = showsAskButton && snapshot.test?.prediction != nil
    showBars(snapshot)
  }

  private func showBars(_ snapshot: ProjectSnapshot) {
    let prediction = snapshot.test?.prediction
    let largestFirst = gtk_toggle_button_get_active(order.cast()) != 0
    chart.show(ProbabilityChart.bars(snapshot, largestFirst: largestFirst), isCertain: prediction?.known ?? false)
    chart.root.isVisible = !snapshot.categories.isEmpty
    orderRow.isVisible = prediction != nil
  }

  /// Marks what an assistant speaks of, and scrolls to it.
  private func mark(_ highlight: Highlight?) {
    var bar: CategoryID?
    if case .bar(let category) = highlight { bar = category }
    photo.root.toggleStyle("marked", highlight == .test)
    if chart.mark(bar) { scroll(to: chart.root) } else if highlight == .test { scroll(to: photo.root) }
  }

  private func scroll(to part: Widget) {
    guard let adjustment = gtk_scrolled_window_get_vadjustment(root.pointer) else { return }
    var place = (x: 0.0, y: 0.0)
    // From the top of what is visible now.
    gtk_widget_translate_coordinates(part.widget, root.widget, 0, 0, &place.x, &place.y)
    let height = Double(gtk_widget_get_height(part.widget))
    let top = gtk_adjustment_get_value(adjustment) + place.y
    gtk_adjustment_clamp_page(adjustment, top, top + height)
  }

  /// The order that the person chose for the bars.
  func sortBars(largestFirst: Bool) {
    gtk_toggle_button_set_active(largestFirst ? order.cast() : ownOrder.cast(), 1)
  }

  // -- Operations

  private func take(_ offer: PhotoOffer) {
    switch offer {
    case .files(let urls): urls.first.map { workspace.test(.file($0)) }
    case .picture(let texture):
      Task { [workspace] in
        if let source = await Intake.source(of: texture) { workspace.test(source) }
      }
    case .photos(let drag): test(drag)
    case .unreachable:
      workspace.tell(
        L("That photo is not on this computer. Save it as a file first, or copy the picture and paste it."))
    }
  }

  /// A training photo, dragged over to see what the model makes of it.
  private func test(_ drag: PhotoDrag) {
    guard drag.isFrom(workspace), let id = drag.photos.first else { return }
    let name = workspace.snapshot.categories.lazy.flatMap(\.photos).first { $0.id == id }?.name
    Task { [workspace] in
      if let copy = await workspace.copy(id) { workspace.test(.data(copy, name: name ?? L("Photo"))) }
    }
  }
}

/// Lets a part of the view call the view, which does not exist yet while its parts are made.
@MainActor private final class Going {
  weak var view: TestView?
}

/// The file dialog behind the button and the empty area.
@MainActor private final class ChooseTestPhoto {
  private weak var workspace: Workspace?
  /// Any widget of the window that the dialog belongs to.
  weak var window: Widget?

  init(workspace: Workspace) { self.workspace = workspace }

  func open() {
    guard let window else { return }
    Task { [workspace] in
      let urls = await FileChooser.choose(L("Choose a test photo"), filters: [.photos], over: window)
      if let url = urls.first { workspace?.test(.file(url)) }
    }
  }
}
