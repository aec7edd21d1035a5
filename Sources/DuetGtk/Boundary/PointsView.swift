// Points of the plane: the canvas with its tools, the curves and runs below it, arrows and settings beside it.
// Main thread. The session is the only truth; this view puts its parts together and tells each what to show.

import CGtk
import DuetEngine

@MainActor final class PointsView {
  /// Pixels.
  private static let sideWidth: Int32 = 300
  private static let lowerHeight: Int32 = 168
  /// Columns of the grid on which the network answers; rows follow the plot's shape.
  private static let fieldColumns = 96

  let root: Widget
  let canvas = PlaneCanvas()
  let toolbar: PlaneToolbar
  let arrows: ArrowsPane
  let settings: SettingsPane
  let curves: CurvesPane
  let runs: RunsTable
  let draft: ArrowDraft
  let choices = PlaneChoices()
  let session: BoundarySession
  private let legend = PlaneLegend()
  private let status = Widget.label("", wraps: false).style("caption-heading")
  private let side = Widget(gtk_stack_new())
  private var refreshes: [Observe] = []
  private var lastNotice: BoundaryNotice.ID?

  /// - Parameter onNotice: a sentence to show for a while. Capture owners weakly.
  init(session: BoundarySession, onNotice: @escaping @MainActor (String) -> Void) {
    self.session = session
    draft = ArrowDraft(session: session)
    toolbar = PlaneToolbar(session: session, choices: choices)
    arrows = ArrowsPane(session: session, draft: draft, choices: choices)
    settings = SettingsPane(session: session, choices: choices)
    curves = CurvesPane(session: session)
    runs = RunsTable(session: session)
    root = .row(spacing: 0)
    build()
    listen()
    lastNotice = session.notice?.id
    refreshes = [
      Observe { [weak self] in self?.showScene() },
      Observe { [weak self] in self?.showField() },
      Observe { [weak self] in self?.showFrame(session.set) },
      Observe { [weak self] in self?.status.text = CurvesPane.summary(session.curves.last) },
      Observe { [weak self] in
        guard let self, let notice = session.notice, notice.id != self.lastNotice else { return }
        self.lastNotice = notice.id
        onNotice(notice.text)
      },
    ]
  }

  private func build() {
    let plane = Widget.column(spacing: 0, canvas.root).style("card").expand(horizontally: true, vertically: true)
    gtk_widget_set_overflow(plane.widget, GTK_OVERFLOW_HIDDEN)
    gtk_label_set_ellipsize(status.pointer, PANGO_ELLIPSIZE_END)
    status.accessibleName(L("State of the training"))
    let upper = Widget.column(spacing: 9, toolbar.root, plane, legend.root)
    upper.margin(horizontally: 12, vertically: 9)
    let lower = Widget(gtk_stack_new())
    gtk_stack_add_titled(lower.pointer, curves.root.widget, "curves", L("Curves"))
    gtk_stack_add_titled(lower.pointer, runs.root.widget, "runs", L("Saved runs"))
    lower.expand(vertically: false).size(height: Self.lowerHeight)
    status.expand(horizontally: true).margin(horizontally: 12, vertically: 0)
    let head = Widget.row(spacing: 6, status, switcher(lower))
    let left = Widget.column(
      spacing: 0, upper, Widget(gtk_separator_new(GTK_ORIENTATION_HORIZONTAL)), head, lower)
    left.expand(horizontally: true, vertically: true)

    gtk_stack_add_titled(side.pointer, arrows.root.widget, "arrows", L("Arrows"))
    gtk_stack_add_titled(side.pointer, settings.root.widget, "settings", L("Settings"))
    side.expand(vertically: true)
    let right = Widget.column(spacing: 0, switcher(side), side)
    right.size(width: Self.sideWidth).expand(horizontally: false)
    // In a very low window the plane and the curves scroll; a finger on the plane draws, it does not scroll.
    let scroller = Widget.scroller(left).expand(horizontally: true, vertically: true)
    gtk_scrolled_window_set_kinetic_scrolling(scroller.pointer, 0)
    for part in [scroller, Widget(gtk_separator_new(GTK_ORIENTATION_VERTICAL)), right] { root.append(part) }
  }

  private func switcher(_ stack: Widget) -> Widget {
    let switcher = Widget(gtk_stack_switcher_new())
    gtk_stack_switcher_set_stack(switcher.pointer, stack.pointer)
    return switcher.align(horizontally: GTK_ALIGN_CENTER).margin(horizontally: 12, vertically: 6)
  }

  private func listen() {
    canvas.onView = { [weak session] bounds, aspect in
      let rows = Int((Double(Self.fieldColumns) * aspect).rounded())
      session?.show(FieldView(columns: Self.fieldColumns, rows: rows, bounds: bounds))
    }
    canvas.onPick = { [weak self] point in
      guard let self else { return }
      self.choices.focused = point
      if self.draft.mark == nil { self.session.selected = nil }
    }
    canvas.onSelect = { [weak self] mark in
      guard let self else { return }
      self.draft.discard()
      self.choices.focused = nil
      self.session.selected = mark
      gtk_stack_set_visible_child_name(self.side.pointer, "arrows")
    }
    canvas.onDraw = { [weak self] in self?.take($0) }
    canvas.onAdd = { [weak session] place, label in session?.addPoint(place, label: label) }
    canvas.onKeep = { [weak draft] in draft?.keep() }
    canvas.onDiscard = { [weak draft] in draft?.discard() }
    canvas.onDelete = { [weak self] in self?.deleteChosen() }
  }

  /// An arrow that was drawn: one that is kept already changes, any other one is tried out first.
  private func take(_ mark: Mark) {
    choices.focused = nil
    gtk_stack_set_visible_child_name(side.pointer, "arrows")
    if session.marks.contains(where: { $0.id == mark.id }) {
      session.selected = mark.id
      session.change(mark)
    } else {
      session.selected = nil
      draft.show(mark)
    }
  }

  private func deleteChosen() {
    if draft.mark != nil {
      draft.discard()
    } else if let mark = session.selected {
      session.remove(mark)
    } else if let point = choices.focused {
      session.removePoint(point)
    }
  }

  // -- Showing

  private func showScene() {
    let scene = PlaneScene(
      points: session.set.points, featureNames: session.set.featureNames, labelNames: session.set.labelNames,
      marks: session.marks, selected: session.selected, draft: draft.mark, focused: choices.focused,
      tool: choices.tool, quantity: choices.quantity)
    canvas.scene = scene
    // What the trial says is read here too, so that its answer is shown.
    _ = (draft.preview, draft.isTrying)
    arrows.show(scene, bounds: canvas.geometry.bounds)
    canvas.root.accessibleDescription(scene.summary)
  }

  private func showField() {
    let preview = draft.preview
    let field = preview?.with ?? session.field
    canvas.show(field)
    canvas.before = preview.map { FieldPicture.lines(of: $0.without.logit, in: $0.without, at: 0) } ?? []
    legend.show(
      PlaneLegend.Content(
        labelNames: session.set.labelNames, hasTestPoints: session.set.points.contains(where: \.isTest),
        hasSpread: !canvas.field.spread.isEmpty, hasBefore: preview != nil))
  }

  private func showFrame(_ set: PointSet) {
    canvas.show(bounds: set.bounds(), scales: set.scales)
    draft.follow(set)
    if let focused = choices.focused, set.point(focused) == nil { choices.focused = nil }
  }
}
