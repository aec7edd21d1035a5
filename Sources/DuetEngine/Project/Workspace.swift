import Foundation
import Observation

/// What is under way. All of it is shown; none of it is in the file.
public struct ImportProgress: Sendable, Equatable {
  public var done: Int
  public var total: Int
}
public enum TrainingStatus: Sendable, Equatable {
  case idle
  /// Waiting for features of photos that were just added.
  case waitingForFeatures(remaining: Int)
  case training
  case finished(seconds: Double)
  case failed(String)
}
/// A sentence for the person that is not part of the conversation (a toast).
public struct Notice: Sendable, Equatable, Identifiable {
  public let id: UUID
  public let text: String
  /// One line a refused photo: "beach.jpg: ..." (may be empty).
  public let details: [String]
}

@MainActor @Observable public final class Workspace {
  public private(set) var snapshot: ProjectSnapshot
  public private(set) var importProgress: ImportProgress?
  public private(set) var training: TrainingStatus = .idle
  public private(set) var isTesting = false
  /// The latest notice; views show it as a toast when its id changes.
  public private(set) var notice: Notice?
  /// True when the project has no file chosen by its owner (autosaved).
  public let isUntitled: Bool
  public let fileURL: URL
  /// A sentence about a missing extractor, with the next step; nil when all is well.
  public private(set) var extractorProblem: String?

  init() { fatalError() }

  /// Opens or creates the project file. Nil: the autosaved project under $XDG_DATA_HOME/duetml.
  public static func open(_ url: URL?) async throws -> Workspace { fatalError() }
  /// The one door: durable in the file first, then `snapshot` changes.
  @discardableResult
  public func perform(_ operation: Operation, group: UndoGroup? = nil) async throws -> ProjectSnapshot { fatalError() }
  /// As `perform`, with an error shown as a notice; for buttons.
  public func `do`(_ operation: Operation, group: UndoGroup? = nil) { fatalError() }
  public func undo() { fatalError() }
  public func redo() { fatalError() }

  /// Photos and folders (recursively, files only) into a category; in the background, with progress.
  public func importPhotos(_ sources: [PhotoSource], into category: CategoryID) { fatalError() }
  /// Every sub-folder becomes a category with its photos; a folder without sub-folders becomes one category.
  public func importFolders(_ folders: [URL]) { fatalError() }
  public func cancelImport() { fatalError() }
  /// Adds a category; the eleventh is refused with a notice.
  public func addCategory(named name: String = "") { fatalError() }
  public func train() { fatalError() }
  public func test(_ source: PhotoSource) { fatalError() }
  /// JPEG bytes; read off the main thread.
  public func thumbnail(_ photo: PhotoID) async -> Data? { fatalError() }
  public func copy(_ photo: PhotoID) async -> Data? { fatalError() }
  /// Returns once no import, extraction, training or test is under way.
  public func settle() async { fatalError() }
  public func close() async { fatalError() }
}
