// The right of the dialog: what is changed, with which brush, and what the photo shows then. Main thread. What is
// chosen is its only state.

import CGtk
import DuetEngine

@MainActor final class CounterfactualChoices {
  let root = Widget.column(spacing: 12)
  /// One a change, in the order of ``CounterfactualChange``'s cases but with the regions first.
  private(set) var buttons: [(change: CounterfactualChange, button: Widget)] = []
  /// A GtkScale: the brush's width as a share of the photo's shorter side, in percent.
  let size = Widget(gtk_scale_new_with_range(GTK_ORIENTATION_HORIZONTAL, 3, 60, 1))
  let eraser = Widget(gtk_toggle_button_new_with_label(L("Rub paint out")))
  let undo: Widget
  let clear: Widget
  let answers: Widget
  let otherPhoto: Widget
  var onChange: @MainActor () -> Void = {}
  private let brush: Widget
  private let question = Widget.label(L("What is it now?")).style("heading")
  private let explanation = Widget.label().style("dim-label")
  private let otherName = Widget.label().style("dim-label")
  private let scene: Widget
  private let categories: [DuetEngine.Category]
  private let own: CategoryID?

  private static let order: [CounterfactualChange] = [.ignore, .erase, .blur, .scene]
  private static let firstSize = 15.0

  /// - Parameter own: the category that the photo is in.
  init(_ snapshot: ProjectSnapshot, own: CategoryID?) {
    categories = snapshot.categories
    self.own = own
    let names = categories.map { snapshot.name(of: $0.id) } + [L("I cannot say")]
    answers = withCStrings(names) { Widget(gtk_drop_down_new_from_strings($0)) }
    undo = .button(L("Undo stroke")) {}
    clear = .button(L("Clear")) {}
    otherPhoto = .button(L("Choose a photo…")) {}
    let sizeName = Widget.label(L("Brush size"), wraps: false).style("dim-label")
    brush = .column(spacing: 6, sizeName, size, .row(spacing: 6, eraser, undo, clear))
    let hint = Widget.label(L("Or drop or paste one here.")).style("dim-label")
    scene = .column(spacing: 6, otherPhoto, hint, otherName)
    build(answerCount: names.count)
  }

  private func build(answerCount: Int) {
    let list = Widget.column(spacing: 0)
    for change in Self.order {
      let button = Widget(gtk_check_button_new_with_label(Self.title(change)))
      if let first = buttons.first { gtk_check_button_set_group(button.cast(), first.button.cast()) }
      button.on("toggled") { [weak self] _ in self?.showState() }
      buttons.append((change, button))
      list.append(button)
    }
    size.accessibleName(L("Brush size"))
    gtk_range_set_value(size.cast(), Self.firstSize)
    gtk_scale_set_draw_value(size.cast(), 0)
    eraser.on("toggled") { [weak self] _ in self?.onChange() }
    size.on("value-changed") { [weak self] _ in self?.onChange() }
    answers.accessibleName(L("What is it now?"))
    // Nobody is asked to guess: "I cannot say" comes first.
    gtk_drop_down_set_selected(answers.pointer, guint(answerCount - 1))
    answers.on("notify::selected") { [weak self] _ in self?.showState() }
    for part in [list, brush, scene, question, answers, explanation] { root.append(part) }
    root.size(width: 300).expand(horizontally: false)
    if let first = buttons.first { gtk_check_button_set_active(first.button.cast(), 1) }
    showState()
  }

  private static func title(_ change: CounterfactualChange) -> String {
    switch change {
    case .ignore: L("What I paint does not matter")
    case .erase: L("What if what I paint were gone?")
    case .blur: L("What if what I paint were blurred?")
    case .scene: L("Another photo of the same scene")
    }
  }

  // -- What is chosen

  var change: CounterfactualChange {
    buttons.first { gtk_check_button_get_active($0.button.cast()) != 0 }?.change ?? .ignore
  }

  func choose(_ change: CounterfactualChange) {
    guard let button = buttons.first(where: { $0.change == change })?.button else { return }
    gtk_check_button_set_active(button.cast(), 1)
  }

  var answer: CounterfactualAnswer {
    if change == .ignore { return .same }
    let index = Int(gtk_drop_down_get_selected(answers.pointer))
    return categories.indices.contains(index) ? .category(categories[index].id) : .unknown
  }

  /// - Parameter category: nil for "I cannot say".
  func answer(_ category: CategoryID?) {
    let index = category.flatMap { id in categories.firstIndex { $0.id == id } } ?? categories.count
    gtk_drop_down_set_selected(answers.pointer, guint(index))
  }

  /// 0 to 1.
  var brushWidth: Double {
    get { gtk_range_get_value(size.cast()) / 100 }
    set { gtk_range_set_value(size.cast(), newValue * 100) }
  }

  var erases: Bool { gtk_toggle_button_get_active(eraser.cast()) != 0 }

  func showOther(_ name: String?) { otherName.text = name ?? "" }

  private func showState() {
    let change = change
    brush.isVisible = change.hasRegion
    scene.isVisible = change == .scene
    question.isVisible = change != .ignore
    answers.isVisible = change != .ignore
    explanation.text = words
    onChange()
  }

  /// What will be learned from it.
  private var words: String {
    switch answer {
    case .same:
      let name = own.flatMap { id in categories.first { $0.id == id }?.name } ?? ""
      let count = CounterfactualPictures.replacements
      return [
        L("Paint over the background, a hand, a label: whatever must not decide."),
        L("The photo is learned {count} more times with a plain colour there, still as “{name}”.",
          ["count": count, "name": name]),
        L("Together they count as one photo. The answer learns to stay the same."),
      ].joined(separator: "\n")
    case .category(let id):
      let name = categories.first { $0.id == id }?.name ?? ""
      return L("The changed photo becomes a training photo of “{name}”.", ["name": name])
    case .unknown:
      return [
        L("The changed photo gets no category."),
        L("It counts as a tenth of a photo that says: on the way there, it becomes less of what it was."),
      ].joined(separator: "\n")
    }
  }
}
