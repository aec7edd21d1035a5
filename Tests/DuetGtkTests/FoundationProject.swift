// A real project in a folder of its own, small pictures to fill it with, and a window around a view.
// Main thread. Everything is gone once the test has called `close`.

import CGtk
import CGtkShim
import DuetEngine
import XCTest

@testable import DuetGtk

@MainActor final class ProjectInWindow {
  let folder: URL
  let workspace: Workspace
  private var window: Widget?

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("duet-window-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    self.folder = folder
    workspace = try turningLoop(for: "the project to open") {
      try await Workspace.open(folder.appendingPathComponent("Test.duet"))
    }
  }

  /// Puts a view on the screen, in a window of this size in pixels.
  func show(_ root: Widget, width: Int32 = 900, height: Int32 = 754) {
    let window = Widget(gtk_window_new())
    gtk_window_set_decorated(window.cast(), 0)
    gtk_window_set_default_size(window.cast(), width, height)
    gtk_window_set_child(window.cast(), root.widget)
    gtk_window_present(window.cast())
    self.window = window
    turnLoop(for: "the window to be on the screen") {
      gtk_widget_get_mapped(root.widget) != 0 && gtk_widget_get_height(root.widget) > 1
    }
  }

  /// Destroys the window with everything in it.
  func closeWindow() {
    if let window { gtk_window_destroy(window.cast()) }
    window = nil
    drainMainLoop()
  }

  func close() throws {
    closeWindow()
    let workspace = workspace
    try turningLoop(for: "the project to close") { await workspace.close() }
    try FileManager.default.removeItem(at: folder)
  }

  /// Returns once nothing is under way and the views have heard of it.
  func settle(file: StaticString = #filePath, line: UInt = #line) throws {
    let workspace = workspace
    try turningLoop(for: "the workspace to settle", file: file, line: line) { await workspace.settle() }
    drainMainLoop()
  }

  /// Picture files with stripes in shades of one colour: channel 0 is red, 1 green, 2 blue.
  func pictures(_ count: Int, channel: Int, in name: String = "") throws -> [URL] {
    let place = name.isEmpty ? folder : folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    return try (0..<count).map { number in
      let file = place.appendingPathComponent("\(["red", "green", "blue"][channel])\(number).png")
      try XCTUnwrap(Self.texture(number, channel: channel).pngData()).write(to: file)
      return file
    }
  }

  static func texture(_ number: Int, channel: Int) throws -> Texture {
    let side = 32
    var pixels: [UInt8] = []
    for y in 0..<side {
      for x in 0..<side {
        var pixel: [UInt8] = [20, 20, 20, 255]
        pixel[channel] = UInt8(255 - (x * (number + 1) + y * 2) % 120)
        pixels += pixel
      }
    }
    let bytes = g_bytes_new(pixels, gsize(pixels.count))
    defer { g_bytes_unref(bytes) }
    let made = gdk_memory_texture_new(Int32(side), Int32(side), GDK_MEMORY_R8G8B8A8, bytes, gsize(side * 4))
    return Texture(adopting: try XCTUnwrap(made))
  }

  /// Adds a category with photos, and waits until they are in.
  @discardableResult
  func addCategory(_ name: String, photos: Int = 0, channel: Int = 0) throws -> CategoryID {
    let workspace = workspace
    let id = try XCTUnwrap(
      turningLoop(for: "a new category") {
        try await workspace.perform(.addCategory(name: name)).categories.last?.id
      })
    if photos > 0 {
      workspace.importPhotos(try pictures(photos, channel: channel, in: name).map(PhotoSource.file), into: id)
      try settle()
    }
    return id
  }
}

/// Emits "drop" on a drop target with what a drag source would have carried. Takes over the provider.
@MainActor func drop(
  _ provider: OpaquePointer?, of type: GType, on target: GObjectRef?, file: StaticString = #filePath,
  line: UInt = #line
) throws {
  let source = GObjectRef(adopting: try XCTUnwrap(provider, file: file, line: line))
  let target = try XCTUnwrap(target, file: file, line: line)
  var value = GValue()
  g_value_init(&value, type)
  defer { g_value_unset(&value) }
  XCTAssertNotEqual(gdk_content_provider_get_value(source.cast(), &value, nil), 0, file: file, line: line)
  XCTAssertNotEqual(cgtk_emit_drop(target.raw, &value, 10, 10), 0, "the drop was not taken", file: file, line: line)
}

@MainActor func drop(files: [URL], on target: GObjectRef?) throws {
  try drop(Files.contentProvider(files), of: cgtk_type_file_list(), on: target)
}

@MainActor func drop(_ drag: PhotoDrag, on target: GObjectRef?) throws {
  try drop(drag.contentProvider(), of: cgtk_box_get_type(), on: target)
}

/// Emits a key on a key controller, which must take it.
@MainActor func press(
  _ key: Int32, _ modifiers: GdkModifierType = GdkModifierType(0), on keys: GObjectRef?, file: StaticString = #filePath,
  line: UInt = #line
) throws {
  let keys = try XCTUnwrap(keys, file: file, line: line)
  XCTAssertNotEqual(cgtk_emit_key(keys.raw, guint(key), modifiers), 0, "the key was not taken", file: file, line: line)
}
