// Two photos that show the same picture, side by side, and what to do about them. Main thread. The page owns the
// cards and makes them again after every check.

import CGtk
import DuetEngine

@MainActor struct CopyCard {
  /// Pixels of a picture.
  private static let side: Int32 = 128

  let copy: NearCopy
  let places: PhotoPlaces

  func make(_ actions: PhotoActions) -> Widget {
    let sentence = Widget.label(
      copy.sentence(original: places.name(of: copy.original), copy: places.name(of: copy.copy)))
    let keep = Widget.button(L("Keep both")) { [copy] in actions.keep([copy.pair]) }
    keep.align(vertically: GTK_ALIGN_CENTER)
    let names = ["first": places.name(of: copy.original), "second": places.name(of: copy.copy)]
    keep.accessibleName(L("Keep both {first} and {second}", names))
    let top = Widget.row(spacing: 12, sentence.expand(horizontally: true), keep)
    let pictures = Widget.row(spacing: 12, side(copy.original, actions), side(copy.copy, actions))
    gtk_box_set_homogeneous(pictures.cast(), 1)
    return Widget.column(spacing: 12, top, pictures).style("card", "copy-card")
  }

  private func side(_ photo: PhotoID, _ actions: PhotoActions) -> Widget {
    let name = places.name(of: photo)
    let title = Widget.label(name, wraps: false)
    gtk_label_set_ellipsize(title.pointer, PANGO_ELLIPSIZE_MIDDLE)
    gtk_label_set_max_width_chars(title.pointer, 24)
    title.tooltip(name)
    let place = places[photo].map { L("in {name}", ["name": places.name(of: $0.category.id)]) } ?? L("the test photo")
    let remove = Widget.button(L("Remove")) { actions.remove([photo]) }
    remove.accessibleName(L("Remove {photo}, {place}", ["photo": name, "place": place]))
    remove.align(horizontally: GTK_ALIGN_START)
    let words = Widget.column(spacing: 6, title, Widget.label(place).style("dim-label", "caption"), remove)
    words.align(vertically: GTK_ALIGN_CENTER)
    return Widget.row(spacing: 12, actions.thumbnail(photo, side: Self.side, name: name), words)
  }
}
