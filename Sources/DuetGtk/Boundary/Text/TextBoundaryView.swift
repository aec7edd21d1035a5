// The page "Texts": reviews on the left, the chosen one with its editor on the right. Main thread. The session is the
// only truth; this view puts its parts together and tells them when there is nothing to show.

import CGtk
import DuetEngine
import Foundation

@MainActor final class TextBoundaryView {
  /// Pixels.
  private static let sideWidth: Int32 = 340
  private static let readableWidth: Int32 = 760
  private static let leastListHeight: Int32 = 150
  private static let leastTrainingHeight: Int32 = 120

  let root = Widget(gtk_stack_new())
  let session: TextSession
  let list: TextListPane
  let review: TextReviewPane
  let training: TextTrainingBox
  let columns: TextColumnChoice
  let openFile: Widget
  /// On the page that is shown as long as there are no reviews.
  let openFirst: Widget
  let useSample: Widget
  private let menu: Widget
  private let name = Widget.label(wraps: false).style("heading")
  private let empty = Widget.statusPage(icon: "accessories-text-editor-symbolic")
  private let reading = Widget(gtk_spinner_new())
  private var refreshes: [Observe] = []
  private var lastNotice: BoundaryNotice.ID?

  /// - Parameter onNotice: a sentence to show for a while. Capture owners weakly.
  init(session: TextSession, onNotice: @escaping @MainActor (String) -> Void) {
    self.session = session
    list = TextListPane(session: session)
    review = TextReviewPane(session: session)
    training = TextTrainingBox(session: session)
    columns = TextColumnChoice(session: session)
    openFile = .iconButton("document-open-symbolic", name: L("Open reviews")) {}
    openFirst = .button(L("Open reviews…")) {}
    useSample = .button(L("Use the sample reviews")) { [weak session] in session?.useSample() }
    menu = .iconButton("accessories-text-editor-symbolic", name: L("Use the sample reviews")) { [weak session] in
      session?.useSample()
    }
    build()
    lastNotice = session.notice?.id
    refreshes = [
      Observe { [weak self] in self?.showPage() },
      Observe { [weak self] in
        guard let self, let notice = session.notice, notice.id != self.lastNotice else { return }
        self.lastNotice = notice.id
        onNotice(notice.text)
      },
    ]
  }

  private func build() {
    empty.setStatus(
      L("No texts yet"),
      L("Open a CSV file of reviews with two labels, or try the sample, to teach a model by changing a few words."))
    let buttons = Widget.row(spacing: 12, openFirst.style("pill", "suggested-action"), useSample.style("pill"))
    buttons.align(horizontally: GTK_ALIGN_CENTER)
    adw_status_page_set_child(empty.pointer, buttons.widget)

    gtk_label_set_ellipsize(name.pointer, PANGO_ELLIPSIZE_MIDDLE)
    name.expand(horizontally: true)
    let head = Widget.row(spacing: 6, name, reading, menu.style("flat"), openFile.style("flat"))
    head.margin(horizontally: 9, vertically: 6)
    // In a low window the list keeps some rows and the box below it scrolls.
    let below = Widget.scroller(training.root)
    gtk_scrolled_window_set_propagate_natural_height(below.pointer, 1)
    gtk_scrolled_window_set_min_content_height(below.pointer, Self.leastTrainingHeight)
    let side = Widget.column(
      spacing: 0, head, list.root.expand(vertically: true).size(height: Self.leastListHeight),
      Widget(gtk_separator_new(GTK_ORIENTATION_HORIZONTAL)), below)
    side.size(width: Self.sideWidth).expand(horizontally: false, vertically: true)

    let clamp = Widget(adw_clamp_new())
    adw_clamp_set_maximum_size(clamp.pointer, Self.readableWidth)
    adw_clamp_set_child(clamp.pointer, review.root.widget)
    let page = Widget.scroller(clamp).expand(horizontally: true, vertically: true)
    let content = Widget.row(spacing: 0, side, Widget(gtk_separator_new(GTK_ORIENTATION_VERTICAL)), page)

    for (part, title) in [(empty, "empty"), (columns.root, "columns"), (content, "content")] {
      gtk_stack_add_named(root.pointer, part.widget, title)
    }
    root.expand(horizontally: true, vertically: true)
    for button in [openFile, openFirst] {
      button.on("clicked") { [weak self] _ in Task { await self?.chooseFile() } }
    }
  }

  /// Which page is on top, for tests.
  var page: String { gtk_stack_get_visible_child_name(root.pointer).map { String(cString: $0) } ?? "" }

  private func showPage() {
    reading.isVisible = session.isReading
    gtk_spinner_set_spinning(reading.pointer, session.isReading ? 1 : 0)
    useSample.isSensitive = !session.isReading
    name.text = session.set?.name ?? ""
    name.tooltip(session.set?.name ?? "")
    if let question = session.columnQuestion {
      columns.show(question)
      gtk_stack_set_visible_child_name(root.pointer, "columns")
    } else {
      gtk_stack_set_visible_child_name(root.pointer, session.set == nil ? "empty" : "content")
    }
  }

  private func chooseFile() async {
    let filter = FileChooser.Filter(
      name: L("Tables of texts"), mimeTypes: ["text/csv", "text/tab-separated-values"], patterns: ["*.csv", "*.tsv"])
    let files = await FileChooser.choose(L("Open reviews"), filters: [filter], over: root)
    if let file = files.first { session.load(file) }
  }
}
