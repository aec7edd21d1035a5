// The file of certificates that are trusted besides the system's: schools have one. Choose, see its name, forget it.
// Main thread. libadwaita 1.2 keeps the row for ever, so the buttons' handlers go with this object.

import CGtk
import DuetEngine
import Foundation

@MainActor final class CertificateRow {
  let root: Widget
  /// Empty: none.
  private(set) var path: String
  private let name = Widget.label(wraps: false).style("dim-label")
  private let choose = Widget(gtk_button_new_with_label(L("Choose a file")))
  private let forget = Widget(gtk_button_new_with_label(L("Do without")))
  private var handlers: [(Widget, UInt)] = []

  init(path: String) {
    self.path = path
    let title = Widget.label(L("Certificates of your school or company")).expand(horizontally: true)
    for button in [choose, forget] { button.align(vertically: GTK_ALIGN_CENTER) }
    choose.accessibleName(L("Choose a file of certificates"))
    forget.accessibleName(L("Do without certificates of your own"))
    root = Widget.row(spacing: 8, title, name, forget, choose).margin(horizontally: 12, vertically: 8)
    handlers = [
      (choose, choose.on("clicked") { [weak self] _ in self?.ask() }),
      (forget, forget.on("clicked") { [weak self] _ in self?.show("") }),
    ]
    show(path)
  }

  isolated deinit {
    for (button, handler) in handlers { g_signal_handler_disconnect(button.raw, gulong(handler)) }
  }

  private func ask() {
    Task { [weak self, choose] in
      let filter = FileChooser.Filter(
        name: L("Certificates"), mimeTypes: ["application/x-x509-ca-cert", "application/x-pem-file"],
        patterns: ["*.pem", "*.crt", "*.cer"])
      let files = await FileChooser.choose(L("Choose a file of certificates"), filters: [filter], over: choose)
      if let file = files.first { self?.show(file.path) }
    }
  }

  private func show(_ path: String) {
    self.path = path
    name.text = path.isEmpty ? L("None") : URL(fileURLWithPath: path).lastPathComponent
    forget.isVisible = !path.isEmpty
  }
}
