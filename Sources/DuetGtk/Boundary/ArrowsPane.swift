// The side pane about arrows: what to do, the point that was clicked, the arrow in hand with its trial, and all arrows.
// Main thread. It shows the session and the draft; what the person does goes to them.

import CGtk
import DuetEngine

@MainActor final class ArrowsPane {
  let root: Widget
  let list: ArrowList
  let editor = ArrowEditor()
  let keep: Widget
  let discard: Widget
  let delete: Widget
  private let hint = Widget.label().style("dim-label")
  private let pointCard = Widget.column(spacing: 6)
  private let pointText = Widget.label().style("heading")
  private let removePoint: Widget
  private let title = Widget.label().style("title-4")
  private let arrowCard = Widget.column(spacing: 12)
  private let trial = Widget.row(spacing: 6)
  private let spinner = Widget(gtk_spinner_new())
  private let trialText = Widget.label()
  private let warning = Widget.row(spacing: 6)
  private let warningText = Widget.label()
  private let listTitle = Widget.label(L("All arrows")).style("title-4")
  private let session: BoundarySession
  private let draft: ArrowDraft
  private let choices: PlaneChoices

  init(session: BoundarySession, draft: ArrowDraft, choices: PlaneChoices) {
    (self.session, self.draft, self.choices) = (session, draft, choices)
    list = ArrowList(session: session)
    keep = .button(L("Keep")) { [weak draft] in draft?.keep() }
    discard = .button(L("Discard")) { [weak draft] in draft?.discard() }
    delete = .button(L("Delete this arrow")) { [weak session] in
      if let session, let chosen = session.selected { session.remove(chosen) }
    }
    removePoint = .button(L("Delete this point")) { [weak session, weak choices] in
      if let session, let point = choices?.focused { session.removePoint(point) }
    }
    let content = Widget.column(spacing: 12)
    root = .scroller(content).expand(vertically: true)
    build(content)
  }

  private func build(_ content: Widget) {
    keep.style("suggested-action").accessibleName(L("Keep the arrow"))
    discard.accessibleName(L("Discard the arrow"))
    delete.align(horizontally: GTK_ALIGN_END)
    removePoint.style("flat").align(horizontally: GTK_ALIGN_START)
    for part in [pointText, removePoint] { pointCard.append(part) }
    trialText.expand(horizontally: true)
    spinner.align(vertically: GTK_ALIGN_START)
    for part in [spinner, trialText] { trial.append(part) }
    let icon = Widget(gtk_image_new_from_icon_name("dialog-warning-symbolic")).align(vertically: GTK_ALIGN_START)
    for part in [icon, warningText.expand(horizontally: true)] { warning.append(part) }
    warning.style("boundary-warning")
    let buttons = Widget.row(spacing: 6, discard, keep)
    gtk_box_set_homogeneous(buttons.cast(), 1)
    self.buttons = buttons
    for part in [title, editor.root, trial, warning, buttons, delete] { arrowCard.append(part) }
    for part in [hint, pointCard, arrowCard, listTitle, list.root] { content.append(part) }
    content.margin(12)
    editor.onChange = { [weak self] mark, continuing in
      guard let self else { return }
      if self.draft.mark != nil { self.draft.show(mark) } else { self.session.change(mark, continuing: continuing) }
    }
  }

  private var buttons: Widget?

  // -- Showing

  func show(_ scene: PlaneScene, bounds: BoundaryBounds) {
    let chosen = scene.marks.first { $0.id == scene.selected }
    hint.text = Self.hint(scene)
    showPoint(scene)
    showArrow(scene, scene.draft ?? chosen, bounds: bounds)
    listTitle.isVisible = !scene.marks.isEmpty
    list.show(scene)
  }

  /// One sentence about what to do next.
  static func hint(_ scene: PlaneScene) -> String {
    if case .add(let label) = scene.tool {
      return L("Click on the plane to add a point “{label}”.", ["label": scene.name(of: label)])
    }
    if scene.points.isEmpty {
      return L("There are no points yet. Choose one of the two point buttons, and click on the plane.")
    }
    if scene.draft != nil { return L("Keep the arrow, or draw it again from any point.") }
    return L("Drag from a point to the place where it would become the other kind.")
  }

  private func showPoint(_ scene: PlaneScene) {
    let point = scene.point(scene.focused)
    pointCard.isVisible = point != nil && scene.draft == nil
    if let point { pointText.text = scene.sentence(for: point) }
  }

  private func showArrow(_ scene: PlaneScene, _ mark: Mark?, bounds: BoundaryBounds) {
    let isDraft = scene.draft != nil
    arrowCard.isVisible = mark != nil
    buttons?.isVisible = isDraft
    delete.isVisible = !isDraft
    let number = (scene.marks.firstIndex { $0.id == mark?.id } ?? 0) + 1
    title.text = isDraft ? L("New arrow") : L("Arrow {number}", ["number": number])
    if let mark, let point = scene.point(mark.point) {
      editor.show(mark, from: point, bounds: bounds, features: scene.featureNames)
    }
    showTrial(isDraft: isDraft)
  }

  private func showTrial(isDraft: Bool) {
    let isTrying = draft.isTrying
    trial.isVisible = isDraft && (isTrying || draft.preview != nil)
    spinner.isVisible = isTrying
    gtk_spinner_set_spinning(spinner.pointer, isTrying ? 1 : 0)
    trialText.text = isTrying ? L("Trying out what the arrow does…") : draft.preview?.sentence ?? ""
    warning.isVisible = isDraft && !isTrying && draft.preview?.warning != nil
    warningText.text = draft.preview?.warning ?? ""
  }
}
