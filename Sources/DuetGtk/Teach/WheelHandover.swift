// A scroller inside a scroller: at its end it hands the wheel on to the one around it, so that a page of
// grids can be scrolled through without steering around them. Main thread. The inner scroller owns the controller.

import CGtk
import Foundation

extension Widget {
  /// Of a scrolled window that is inside another one.
  func handWheelOnAtEnds() {
    let wheel = GObjectRef(adopting: gtk_event_controller_scroll_new(GTK_EVENT_CONTROLLER_SCROLL_VERTICAL))
    gtk_event_controller_set_propagation_phase(wheel.pointer, GTK_PHASE_CAPTURE)
    wheel.on("scroll") { arguments in
      guard let wheel = arguments.object(0), let inner = gtk_event_controller_get_widget(wheel) else { return }
      let isPixels = gtk_event_controller_scroll_get_unit(wheel) == GDK_SCROLL_UNIT_SURFACE
      arguments.answer(handOn(arguments.double(2), inPixels: isPixels, from: inner))
    }
    addController(wheel)
  }
}

/// Scrolls the scroller around `inner` if `inner` cannot go further. Returns whether it was that far.
@MainActor private func handOn(_ distance: Double, inPixels: Bool, from inner: WidgetPointer) -> Bool {
  guard let own = gtk_scrolled_window_get_vadjustment(OpaquePointer(inner)), isAtEnd(own, towards: distance),
    let parent = gtk_widget_get_parent(inner),
    let outer = gtk_widget_get_ancestor(parent, gtk_scrolled_window_get_type()),
    let around = gtk_scrolled_window_get_vadjustment(OpaquePointer(outer))
  else { return false }
  // The steps that GTK's own scrollers make.
  let step = inPixels ? 2.5 : pow(gtk_adjustment_get_page_size(around), 2.0 / 3)
  gtk_adjustment_set_value(around, gtk_adjustment_get_value(around) + distance * step)
  return true
}

@MainActor private func isAtEnd(_ adjustment: UnsafeMutablePointer<GtkAdjustment>, towards distance: Double) -> Bool {
  let value = gtk_adjustment_get_value(adjustment)
  let last = gtk_adjustment_get_upper(adjustment) - gtk_adjustment_get_page_size(adjustment)
  return distance > 0 ? value >= last - 0.5 : value <= gtk_adjustment_get_lower(adjustment) + 0.5
}
