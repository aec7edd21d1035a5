// Small numbers beside an axis. Main thread; it owns one Pango layout of the widget that is drawn on.

import CGtk

@MainActor struct PlotText {
  /// Which side of the text is at the place.
  enum Anchor {
    case top, right, left
  }

  private static let size: Int32 = 8

  private let layout: GObjectRef
  private let colour: FieldColours.Colour

  init(_ widget: Widget, _ colour: FieldColours.Colour) {
    layout = GObjectRef(adopting: gtk_widget_create_pango_layout(widget.widget, nil))
    self.colour = colour
    guard let font = pango_font_description_copy(
      pango_context_get_font_description(gtk_widget_get_pango_context(widget.widget)))
    else { return }
    pango_font_description_set_size(font, Self.size * PANGO_SCALE)
    pango_layout_set_font_description(layout.pointer, font)
    pango_font_description_free(font)
  }

  func draw(_ cr: OpaquePointer, _ text: String, x: Double, y: Double, _ anchor: Anchor) {
    pango_layout_set_text(layout.pointer, text, -1)
    var (width, height) = (Int32(0), Int32(0))
    pango_layout_get_pixel_size(layout.pointer, &width, &height)
    switch anchor {
    case .top: cairo_move_to(cr, x - Double(width) / 2, y)
    case .right: cairo_move_to(cr, x - Double(width), y - Double(height) / 2)
    case .left: cairo_move_to(cr, x, y - Double(height) / 2)
    }
    cairo_set_source_rgba(cr, colour.red, colour.green, colour.blue, 0.7)
    pango_cairo_show_layout(cr, layout.pointer)
  }
}
