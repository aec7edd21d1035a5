// What was found out about one statement in an assistant's words, ready to be shown. A value; pure.
// Places are counted in Unicode scalars, as the project keeps them; Pango counts bytes of UTF-8.

import CGtk
import DuetEngine

struct ClaimMark: Equatable, Sendable {
  /// The assistant's own words.
  let words: String
  /// Bytes of UTF-8 in the message's text.
  let bytes: Range<Int>
  /// What the project says instead; nil for a statement that is right.
  let contradiction: String?
  /// Which claim of the message it is.
  let index: Int
  /// Whether there is something to show.
  let canBeShown: Bool

  /// Nil where the place is not inside the text.
  init?(in text: String, scalars: Range<Int>, contradiction: String?, index: Int, canBeShown: Bool) {
    let view = text.unicodeScalars
    guard scalars.lowerBound >= 0, !scalars.isEmpty,
      let start = view.index(view.startIndex, offsetBy: scalars.lowerBound, limitedBy: view.endIndex),
      let end = view.index(start, offsetBy: scalars.count, limitedBy: view.endIndex)
    else { return nil }
    words = String(view[start..<end])
    let before = text.utf8.distance(from: text.utf8.startIndex, to: start)
    bytes = before..<(before + text.utf8.distance(from: start, to: end))
    self.contradiction = contradiction
    self.index = index
    self.canBeShown = canBeShown
  }

  /// Amber that can be read on light and on dark.
  private static let amber: (UInt16, UInt16, UInt16) = (0xCD00, 0x7B00, 0x0000)

  /// Marks for a label: wrong statements get a wavy line, as spelling mistakes do.
  @MainActor static func underline(_ marks: [ClaimMark], in label: Widget) {
    guard let list = pango_attr_list_new() else { return }
    for mark in marks where mark.contradiction != nil {
      let (red, green, blue) = amber
      for attribute in [
        pango_attr_underline_new(PANGO_UNDERLINE_ERROR), pango_attr_underline_color_new(red, green, blue),
      ] {
        attribute?.pointee.start_index = guint(mark.bytes.lowerBound)
        attribute?.pointee.end_index = guint(mark.bytes.upperBound)
        pango_attr_list_insert(list, attribute)
      }
    }
    gtk_label_set_attributes(label.pointer, list)
    pango_attr_list_unref(list)
  }
}
