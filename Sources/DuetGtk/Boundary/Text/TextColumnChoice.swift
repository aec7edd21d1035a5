// Asks which columns of a file hold the texts and the labels, when their names do not say so. Main thread.

import CGtk
import DuetEngine

@MainActor final class TextColumnChoice {
  let root: Widget
  let text = ChoiceRow(L("Column with the texts"))
  let label = ChoiceRow(L("Column with the labels"))
  let open: Widget
  let cancel: Widget
  private let title = Widget.label().style("title-4")
  private let session: TextSession

  init(session: TextSession) {
    self.session = session
    open = .button(L("Read the file")) {}
    cancel = .button(L("Cancel")) { [weak session] in session?.dropColumnQuestion() }
    let buttons = Widget.row(spacing: 9, open.style("suggested-action"), cancel)
    root = .column(spacing: 12, title, formList([text.root, label.root]), buttons).margin(24)
    open.on("clicked") { [weak self] _ in self?.read() }
  }

  func show(_ question: TextColumnQuestion) {
    title.text = L("Which columns of “{file}” are to be read?", ["file": question.file.lastPathComponent])
    // A guess that is right for most files: the labels come last.
    text.show(question.titles, selected: 0)
    label.show(question.titles, selected: question.titles.count - 1)
  }

  private func read() {
    guard let question = session.columnQuestion, question.titles.indices.contains(text.selected),
      question.titles.indices.contains(label.selected)
    else { return }
    session.load(
      question.file, columns: TextColumns(text: question.titles[text.selected], label: question.titles[label.selected]))
  }
}
