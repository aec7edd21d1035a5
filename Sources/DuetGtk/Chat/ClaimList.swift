// Below an assistant's words: what of them was checked. Statements that are right can be shown in the project with
// a click; statements that are wrong say what the project says. Main thread; the row of the message owns it.

import CGtk
import DuetEngine

@MainActor final class ClaimList {
  /// Lines that show without being asked for.
  static let openingCount = 4
  /// Characters of the assistant's words in a line.
  private static let widest: Int32 = 24

  let root = Widget.column(spacing: 2)
  /// The lines, in the order of the text.
  private(set) var lines: [Widget] = []
  private var more: Widget?

  /// - Parameter onShow: gets the index of the claim. Capture owners weakly.
  init(_ marks: [ClaimMark], onShow: @escaping @MainActor (Int) -> Void) {
    root.style("claims")
    var seen: Set<String> = []
    let worthALine = marks.filter { ($0.contradiction != nil || $0.canBeShown) && seen.insert($0.words).inserted }
    lines = worthALine.map { mark in
      mark.contradiction.map { Self.wrong(mark, fact: $0) } ?? Self.right(mark) { onShow(mark.index) }
    }
    let hidden = lines.dropFirst(Self.openingCount)
    for line in lines { root.append(line) }
    root.isVisible = !lines.isEmpty
    guard !hidden.isEmpty else { return }
    for line in hidden { line.isVisible = false }
    let more = Widget.button(LN("{count} more", "{count} more", hidden.count)) { [weak self] in self?.open() }
    root.append(more.style("flat", "claim").align(horizontally: GTK_ALIGN_START))
    self.more = more
  }

  private func open() {
    for line in lines { line.isVisible = true }
    more?.isVisible = false
  }

  private static func right(_ mark: ClaimMark, onShow: @escaping @MainActor () -> Void) -> Widget {
    let words = Widget.label(quoted(mark), wraps: false)
    gtk_label_set_ellipsize(words.pointer, PANGO_ELLIPSIZE_END)
    gtk_label_set_max_width_chars(words.pointer, widest)
    let invitation = Widget.label(L("show me"), wraps: false).style("link-words")
    let icon = Widget(gtk_image_new_from_icon_name("find-location-symbolic"))
    let content = Widget.row(spacing: 6, icon, words, invitation)
    let button = Widget(gtk_button_new())
    gtk_button_set_child(button.cast(), content.widget)
    button.style("flat", "claim", "caption").align(horizontally: GTK_ALIGN_START)
    button.accessibleName(L("Show me: {words}", ["words": mark.words]))
    button.tooltip(L("This is right. Show where it is in the project."))
    button.on("clicked") { _ in onShow() }
    return button
  }

  private static func wrong(_ mark: ClaimMark, fact: String) -> Widget {
    let icon = Widget(gtk_image_new_from_icon_name("dialog-warning-symbolic")).align(vertically: GTK_ALIGN_START)
    let words = Widget.label(L("{words}: {fact}", ["words": quoted(mark), "fact": fact]))
    gtk_label_set_max_width_chars(words.pointer, MessageRow.widest)
    let line = Widget.row(spacing: 6, icon, words).style("claim", "contradicted", "caption")
    line.tooltip(fact)
    words.accessibleName(L("The assistant says {words}. The project says: {fact}", [
      "words": quoted(mark), "fact": fact,
    ]))
    return line
  }

  /// Words that have quotation marks of their own need no others.
  private static func quoted(_ mark: ClaimMark) -> String {
    mark.words.contains { "“”\"«»「」„".contains($0) } ? mark.words : L("“{words}”", ["words": mark.words])
  }
}
