// Lets Swift draw a GtkDrawingArea. Main thread: GTK draws there. The area owns the closure and frees it.

import CGtk

/// Owns the closure of one drawing area.
@MainActor private final class DrawingBox {
  let draw: @MainActor (OpaquePointer, Double, Double) -> Void
  init(_ draw: @escaping @MainActor (OpaquePointer, Double, Double) -> Void) { self.draw = draw }
}

private let drawArea: GtkDrawingAreaDrawFunc = { _, context, width, height, box in
  guard let context, let box else { return }
  // Safe: GTK draws on the main thread only (assumeIsolated checks it), and nothing outlives this call.
  nonisolated(unsafe) let arguments = (context: context, box: box)
  MainActor.assumeIsolated {
    Unmanaged<DrawingBox>.fromOpaque(arguments.box).takeUnretainedValue()
      .draw(arguments.context, Double(width), Double(height))
  }
}

private let releaseDrawingBox: GDestroyNotify = { box in
  if let box { Unmanaged<DrawingBox>.fromOpaque(box).release() }
}

extension Widget {
  /// Of a GtkDrawingArea: `draw` gets a cairo context and the size in pixels. Capture the view weakly.
  func draw(_ draw: @escaping @MainActor (_ cr: OpaquePointer, _ width: Double, _ height: Double) -> Void) {
    gtk_drawing_area_set_draw_func(
      cast(), drawArea, Unmanaged.passRetained(DrawingBox(draw)).toOpaque(), releaseDrawingBox)
  }
}
