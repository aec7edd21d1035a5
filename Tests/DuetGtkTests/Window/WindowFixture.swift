// A real project in a temporary folder, shown in a real window, and how tests find their way around in it.
// Main actor. `close` ends the window, the assistants and the project, and removes the folder.

import CGtk
import CGtkShim
import DuetEngine
import Foundation
import XCTest

@testable import DuetGtk

@MainActor final class WindowFixture {
  let folder: URL
  let projectURL: URL
  private(set) var window: MainWindow
  private(set) var session: ProjectSession
  /// What is behind the page about boundaries.
  let room: BoundaryRoom

  var workspace: Workspace { session.workspace }

  /// - Parameters:
  ///   - baseline: without assistants.
  ///   - network: who would be asked over the network; nil stays offline.
  ///   - policy: what a teacher allows.
  init(baseline: Bool = false, network: (any NetworkAssistant)? = nil, policy: AssistantPolicy = .none) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("window-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let url = folder.appendingPathComponent("garden.duet")
    projectURL = url
    let cache = ReplyCache(folder: folder.appendingPathComponent("cache"))
    session = try turningLoop(for: "a new project") {
      let workspace = try await Workspace.open(url)
      guard !baseline else { return ProjectSession(workspace: workspace, duet: nil) }
      let settings = AssistantSettings(baseURL: network.map { "https://\($0.host)/v1" }, language: "en")
      let duet = Duet(project: workspace, settings: settings, offline: OfflineAnswers(cache: cache), policy: policy) {
        (_) throws(ReplyError) in
        guard let network else { throw .badAddress }
        return network
      }
      duet.start()
      return ProjectSession(workspace: workspace, duet: duet)
    }
    window = MainWindow()
    let room = BoundaryRoom(
      store: BoundaryRunStore(folder: folder.appendingPathComponent("boundary")),
      texts: TextStore(folder: folder.appendingPathComponent("texts")))
    self.room = room
    window.show(ProjectPage(session: session, room: room) { [weak window] in window?.toast($0) })
    window.present()
    turnLoop(for: "the window on the screen") { [window] in gtk_widget_get_mapped(window.window.widget) != 0 }
  }

  var root: Widget { window.window }

  func close() throws {
    let session = session
    window.destroy()
    let room = room
    try turningLoop(for: "the project to close") {
      await session.close()
      await room.close()
    }
    drainMainLoop()
    try FileManager.default.removeItem(at: folder)
  }
}

/// Everything inside `widget`, itself first.
@MainActor func descendants(of widget: Widget) -> [Widget] {
  var found = [widget]
  var child = gtk_widget_get_first_child(widget.widget)
  while let current = child {
    found += descendants(of: Widget(current))
    child = gtk_widget_get_next_sibling(current)
  }
  return found
}

extension Widget {
  /// The visible texts inside, in order.
  @MainActor var texts: [String] {
    descendants(of: self)
      .filter { cgtk_is_a($0.raw, gtk_label_get_type()) != 0 && gtk_widget_get_mapped($0.widget) != 0 }
      .map(\.text)
  }

  /// The widgets inside that are of `type`.
  @MainActor func all(_ type: GType) -> [Widget] { descendants(of: self).filter { cgtk_is_a($0.raw, type) != 0 } }

  /// The button inside with this label.
  @MainActor func button(_ label: String) -> Widget? {
    all(gtk_button_get_type()).first { gtk_button_get_label($0.cast()).map { String(cString: $0) } == label }
  }

  @MainActor func click() { cgtk_emit(raw, "clicked") }
}
