// Thumbnails and photos of one workspace as textures. Main thread, with reading and decoding off it.
// One loader a workspace: photo ids are unique within a project only. Thumbnails stay in memory (128 px:
// at most 64 KB each) up to a limit; of full photos only the last few stay.

import DuetEngine
import Foundation

@MainActor final class TextureLoader {
  /// Some 130 MB of thumbnails; beyond it the oldest go.
  private static let thumbnailLimit = 2_000
  private static let photoLimit = 4

  private let workspace: Workspace
  private var thumbnails = TextureCache(limit: TextureLoader.thumbnailLimit)
  private var photos = TextureCache(limit: TextureLoader.photoLimit)
  private var pending: [PhotoID: Task<Texture?, Never>] = [:]

  init(workspace: Workspace) { self.workspace = workspace }

  /// The thumbnail if it is in memory already.
  func readyThumbnail(_ photo: PhotoID) -> Texture? { thumbnails[photo] }

  /// Nil if the photo is no longer in the project. Two requests for one photo share the work.
  func thumbnail(_ photo: PhotoID) async -> Texture? {
    if let ready = thumbnails[photo] { return ready }
    if let running = pending[photo] { return await running.value }
    let task = Task { await Self.decode(workspace.thumbnail(photo)) }
    pending[photo] = task
    let texture = await task.value
    pending[photo] = nil
    if let texture { thumbnails[photo] = texture }
    return texture
  }

  /// The copy of at most 1,024 px; nil if the photo is no longer in the project.
  func photo(_ photo: PhotoID) async -> Texture? {
    if let ready = photos[photo] { return ready }
    let texture = await Self.decode(workspace.copy(photo))
    if let texture { photos[photo] = texture }
    return texture
  }

  /// Off the main thread, at a priority that a waiting person deserves.
  private static func decode(_ encoded: Data?) async -> Texture? {
    guard let encoded else { return nil }
    return await Task.detached(priority: .userInitiated) { Texture.decode(encoded) }.value
  }
}

/// Textures by photo; the ones that came first leave first.
private struct TextureCache {
  private let limit: Int
  private var textures: [PhotoID: Texture] = [:]
  private var order: [PhotoID] = []

  init(limit: Int) { self.limit = limit }

  subscript(photo: PhotoID) -> Texture? {
    get { textures[photo] }
    set {
      if textures[photo] == nil, newValue != nil { order.append(photo) }
      textures[photo] = newValue
      if order.count > limit { textures[order.removeFirst()] = nil }
    }
  }
}
