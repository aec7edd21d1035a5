// The pictures that go along with the next message: small, above the entry, each with a button that takes it out
// again. Main thread; pictures are read, turned and shrunk elsewhere. A picture that cannot be used is refused
// by name, and the others go along.

import CGtk
import CGtkShim
import DuetEngine
import Foundation

@MainActor final class ComposerPictures {
  /// Of a thumbnail, in pixels.
  private static let side: Int32 = 56

  let root: Widget
  private(set) var pictures: [AttachedPicture] = []
  /// Another number of pictures than before. Capture owners weakly.
  var onChange: @MainActor () -> Void = {}
  /// Not nil: why no picture may go along.
  var lockedReason: String?

  private let row = Widget.row(spacing: 6)
  private let workspace: Workspace
  private var tiles: [(id: UUID, tile: Widget)] = []
  private var reading = 0 {
    didSet {
      show()
      onChange()
    }
  }
  private let spinner = Widget(gtk_spinner_new()).size(width: 24, height: 24)

  init(workspace: Workspace) {
    self.workspace = workspace
    root = Widget(gtk_scrolled_window_new())
    gtk_scrolled_window_set_policy(root.pointer, GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER)
    gtk_scrolled_window_set_child(root.pointer, row.widget)
    row.append(spinner)
    row.accessibleName(L("Pictures for this message"))
    show()
  }

  /// Nothing is being read.
  var isSettled: Bool { reading == 0 }

  /// What was pasted or dropped, as far as it is pictures.
  func take(_ offer: PhotoOffer) {
    if let lockedReason { return workspace.tell(lockedReason) }
    switch offer {
    case .files(let urls): add(urls.map(PhotoSource.file))
    case .picture(let texture): read { await Intake.source(of: texture).map { [$0] } ?? [] }
    case .photos(let drag):
      guard drag.isFrom(workspace) else {
        return workspace.tell(L("Photos of another project cannot be moved here. Drag their files instead."))
      }
      let photos = drag.photos, workspace = workspace
      read {
        var sources: [PhotoSource] = []
        for photo in photos.prefix(AttachedPicture.limit + 1) {
          if let copy = await workspace.copy(photo) { sources.append(.data(copy, name: L("Photo"))) }
        }
        return sources
      }
    case .unreachable:
      workspace.tell(
        L("That photo is not on this computer. Save it as a file first, or copy the picture and paste it."))
    }
  }

  /// Hands the pictures over; none are left.
  func takeAll() -> [AttachedPicture] {
    let all = pictures
    for (_, tile) in tiles { row.remove(tile) }
    (tiles, pictures) = ([], [])
    show()
    onChange()
    return all
  }

  /// Pastes what is on the clipboard if that is a picture rather than a text.
  func paste(into widget: Widget) -> Bool {
    guard let clipboard = gtk_widget_get_clipboard(widget.widget), let formats = gdk_clipboard_get_formats(clipboard)
    else { return false }
    let offers = { (type: GType) in gdk_content_formats_contain_gtype(formats, type) != 0 }
    // Word processors offer a picture of the text that was copied; there the text is meant.
    let isText = offers(cgtk_type_string()) && !offers(cgtk_type_file_list())
    return !isText && readClipboard(of: widget.widget) { [weak self] in self?.take($0) }
  }

  private func add(_ sources: [PhotoSource]) { read { sources } }

  private func read(_ sources: @escaping @MainActor () async -> [PhotoSource]) {
    reading += 1
    Task { [weak self] in
      for source in await sources() {
        guard let self else { return }
        guard self.pictures.count < AttachedPicture.limit else {
          self.workspace.tell(
            LN(
              "At most {count} picture can go along with a message.",
              "At most {count} pictures can go along with a message.", AttachedPicture.limit))
          break
        }
        do throws(PhotoError) {
          await self.append(try await AttachedPicture.make(from: source))
        } catch {
          self.workspace.tell(L("{name}: {reason}", ["name": source.name, "reason": error.message]))
        }
      }
      self?.reading -= 1
    }
  }

  private func append(_ picture: AttachedPicture) async {
    let bytes = picture.jpeg
    let texture = await Task.detached(priority: .userInitiated) { Texture.decode(bytes) }.value
    let id = UUID()
    let image = Widget(gtk_image_new())
    gtk_image_set_pixel_size(image.pointer, Self.side)
    gtk_image_set_from_paintable(image.pointer, texture?.pointer)
    gtk_widget_set_overflow(image.widget, GTK_OVERFLOW_HIDDEN)
    image.style("photo-cell").accessibleName(L("Picture {number}", ["number": pictures.count + 1]))
    let remove = Widget.iconButton("window-close-symbolic", name: L("Remove this picture")) { [weak self] in
      self?.remove(id)
    }
    remove.style("circular", "osd", "remove-picture")
    remove.align(horizontally: GTK_ALIGN_END, vertically: GTK_ALIGN_START)
    let tile = Widget(gtk_overlay_new())
    gtk_overlay_set_child(tile.pointer, image.widget)
    gtk_overlay_add_overlay(tile.pointer, remove.widget)
    gtk_box_insert_child_after(row.cast(), tile.widget, tiles.last?.tile.widget)
    tiles.append((id, tile))
    pictures.append(picture)
    show()
    onChange()
  }

  private func remove(_ id: UUID) {
    guard let index = tiles.firstIndex(where: { $0.id == id }) else { return }
    row.remove(tiles.remove(at: index).tile)
    pictures.remove(at: index)
    show()
    onChange()
  }

  private func show() {
    spinner.isVisible = reading > 0
    gtk_spinner_set_spinning(spinner.pointer, reading > 0 ? 1 : 0)
    root.isVisible = reading > 0 || !pictures.isEmpty
  }
}
