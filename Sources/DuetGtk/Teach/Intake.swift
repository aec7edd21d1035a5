// From what was dropped, pasted or chosen to an operation of the workspace. Main thread; looking at files
// and packing pictures happens elsewhere.

import CGtk
import DuetEngine
import Foundation

@MainActor struct Intake {
  let workspace: Workspace

  /// Into a category that exists.
  func take(_ offer: PhotoOffer, into category: CategoryID) {
    switch offer {
    case .photos(let drag):
      guard drag.isFrom(workspace) else { return refuseForeignPhotos() }
      move(drag.photos, to: category)
    case .files(let urls): workspace.importPhotos(urls.map(PhotoSource.file), into: category)
    case .picture(let texture):
      Task {
        if let source = await Self.source(of: texture) { workspace.importPhotos([source], into: category) }
      }
    case .unreachable: refuseLinks()
    }
  }

  /// Into the room between the categories: folders become categories, anything else starts a new one.
  func take(_ offer: PhotoOffer) {
    switch offer {
    case .photos(let drag):
      guard drag.isFrom(workspace) else { return refuseForeignPhotos() }
      let group = UndoGroup()
      withNewCategory(group: group) { category in
        try await workspace.perform(.movePhotos(drag.photos, to: category), group: group)
      }
    case .files(let urls):
      Task {
        let folders = await Self.folders(among: urls)
        if !folders.isEmpty { workspace.importFolders(folders) }
        let files = urls.filter { !folders.contains($0) }
        if !files.isEmpty { startCategory(with: files.map(PhotoSource.file)) }
      }
    case .picture(let texture):
      Task { if let source = await Self.source(of: texture) { startCategory(with: [source]) } }
    case .unreachable: refuseLinks()
    }
  }

  /// Photos that already are where they should go stay as they are.
  func move(_ photos: [PhotoID], to category: CategoryID) {
    let present = Set(workspace.snapshot.category(category)?.photos.map(\.id) ?? [])
    let moving = photos.filter { !present.contains($0) }
    if !moving.isEmpty { workspace.do(.movePhotos(moving, to: category)) }
  }

  /// Adds a category with the next free name.
  func addCategory() { withNewCategory(group: UndoGroup()) { _ in } }

  /// "Category 3", with the first number that no category carries.
  static func freeName(in snapshot: ProjectSnapshot) -> String {
    let taken = Set(snapshot.categories.map(\.name))
    let numbers = (1...).lazy.map { L("Category {number}", ["number": $0]) }
    return numbers.first { !taken.contains($0) } ?? ""
  }

  /// A picture without a file, as a photo source; nil if it cannot be packed.
  static func source(of texture: Texture) async -> PhotoSource? {
    let packed = await Task.detached(priority: .userInitiated) { texture.pngData() }.value
    return packed.map { .data($0, name: L("Pasted photo")) }
  }

  private func startCategory(with sources: [PhotoSource]) {
    withNewCategory(group: UndoGroup()) { workspace.importPhotos(sources, into: $0) }
  }

  /// New categories are made one after the other, so that quick clicks do not choose the same name twice.
  private static var latest: Task<Void, Never>?

  private func withNewCategory(group: UndoGroup, _ body: @escaping @MainActor (CategoryID) async throws -> Void) {
    let previous = Self.latest
    Self.latest = Task {
      await previous?.value
      do {
        let before = Set(workspace.snapshot.categories.map(\.id))
        let name = Self.freeName(in: workspace.snapshot)
        let after = try await workspace.perform(.addCategory(name: name), group: group)
        if let new = after.categories.first(where: { !before.contains($0.id) }) { try await body(new.id) }
      } catch {
        workspace.tell(Workspace.sentence(for: error))
      }
    }
  }

  private static func folders(among urls: [URL]) async -> [URL] {
    await Task.detached(priority: .userInitiated) {
      urls.filter { (try? $0.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true }
    }.value
  }

  private func refuseLinks() {
    workspace.tell(L("That photo is not on this computer. Save it as a file first, or copy the picture and paste it."))
  }

  private func refuseForeignPhotos() {
    workspace.tell(L("Photos of another project cannot be moved here. Drag their files instead."))
  }
}
