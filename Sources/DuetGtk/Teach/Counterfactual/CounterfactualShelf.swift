// What was said about a photo already, one row each with a button to take it away. Main thread. It shows the
// workspace and sends operations.

import CGtk
import DuetEngine

@MainActor final class CounterfactualShelf {
  let root: Widget
  private(set) var rows: [(id: CounterfactualID, remove: Widget)] = []
  private let list = Widget.column(spacing: 6)
  private let workspace: Workspace
  private let photo: PhotoID
  private var shown: [Counterfactual] = []

  init(workspace: Workspace, photo: PhotoID) {
    self.workspace = workspace
    self.photo = photo
    root = .column(spacing: 6, .label(L("Said about this photo so far")).style("heading"), list)
    root.isVisible = false
  }

  func show(_ snapshot: ProjectSnapshot) {
    let new = snapshot.counterfactuals.filter { $0.photo == photo }
    root.isVisible = !new.isEmpty
    guard new != shown else { return }
    shown = new
    while let child = gtk_widget_get_first_child(list.widget) { gtk_box_remove(list.cast(), child) }
    rows = new.map { one in
      let text = Self.words(one, snapshot)
      let label = Widget.label(text)
      label.expand(horizontally: true)
      let remove = Widget.iconButton("user-trash-symbolic", name: L("Remove: {what}", ["what": text])) { [weak self] in
        self?.workspace.do(.removeCounterfactuals([one.id]))
      }
      remove.style("flat").align(vertically: GTK_ALIGN_CENTER)
      list.append(.row(spacing: 6, label, remove))
      return (one.id, remove)
    }
  }

  /// What a person reads.
  static func words(_ one: Counterfactual, _ snapshot: ProjectSnapshot) -> String {
    let category = one.labelled.flatMap { photo in
      snapshot.categories.first { $0.photos.contains { $0.id == photo } }
    }
    let name = category.map { snapshot.name(of: $0.id) } ?? L("I cannot say")
    switch one.change {
    case .ignore: return L("A region does not matter")
    case .erase: return L("With a region erased: {answer}", ["answer": name])
    case .blur: return L("With a region blurred: {answer}", ["answer": name])
    case .scene: return L("Another photo of the scene: {answer}", ["answer": name])
    }
  }
}
