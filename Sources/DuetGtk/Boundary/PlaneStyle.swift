// The colours that follow the desktop: light, dark, high contrast. Main thread.

import CGtk

@MainActor struct PlaneStyle: Equatable {
  let isDark: Bool
  let isHighContrast: Bool

  /// What the desktop wants now.
  static var current: PlaneStyle {
    let manager = adw_style_manager_get_default()
    return PlaneStyle(
      isDark: adw_style_manager_get_dark(manager) != 0,
      isHighContrast: adw_style_manager_get_high_contrast(manager) != 0)
  }

  /// Lines and text.
  var ink: FieldColours.Colour {
    let grey = isDark ? 1.0 : isHighContrast ? 0 : 0.12
    return FieldColours.Colour(red: grey, green: grey, blue: grey)
  }
  /// The rim that keeps lines apart from the background.
  var paper: FieldColours.Colour {
    let grey = isDark ? 0.1 : 1.0
    return FieldColours.Colour(red: grey, green: grey, blue: grey)
  }
  /// What is chosen, or not kept yet: the desktop's purple, which neither label has.
  var accent: FieldColours.Colour {
    isDark
      ? FieldColours.Colour(red: 0.86, green: 0.54, blue: 0.87)
      : FieldColours.Colour(red: 0.51, green: 0.19, blue: 0.58)
  }

  func colours(_ quantity: FieldColours.Quantity) -> FieldColours {
    FieldColours(quantity, isDark: isDark, isHighContrast: isHighContrast)
  }

  /// Calls `redraw` whenever the desktop changes its colours, until `owner` is finalised.
  static func follow(_ owner: Widget, redraw: @escaping @MainActor () -> Void) {
    let manager = GObjectRef(retaining: adw_style_manager_get_default())
    let handlers = ["notify::dark", "notify::high-contrast"].map { manager.on($0) { _ in redraw() } }
    // The style manager outlives every widget; its handlers must not.
    owner.on("destroy") { _ in
      for handler in handlers where g_signal_handler_is_connected(manager.raw, gulong(handler)) != 0 {
        g_signal_handler_disconnect(manager.raw, gulong(handler))
      }
    }
  }
}
