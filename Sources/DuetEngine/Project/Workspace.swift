// An open project with what is under way in it: the only thing that views read.
// Main actor. Owns the store and the chains of work; long work runs elsewhere and comes back as operations
// through `perform`.

import Foundation
import Observation

@MainActor @Observable public final class Workspace {
  /// What the project holds; always what is already in the file.
  public private(set) var snapshot: ProjectSnapshot
  public internal(set) var importProgress: ImportProgress?
  public internal(set) var training: TrainingStatus = .idle
  public internal(set) var isTesting = false
  /// The latest notice; views show it as a toast when its id changes.
  public private(set) var notice: Notice?
  /// A sentence about a missing extractor, with the next step; nil when all is well.
  public internal(set) var extractorProblem: String?
  public let fileURL: URL
  /// What the search for copies found last; views read ``nearCopies``.
  var foundCopies = NearCopies.none
  /// The last score; views read ``score``.
  var keptScore: KeptScore?
  /// Whether copies are looked for, scores made and models kept up to date without being asked for.
  public var checksByItself = true
  /// What an assistant's "show me" points at; views mark it for a moment.
  public var highlight: Highlight?

  @ObservationIgnored let store: ProjectStore
  @ObservationIgnored let extractors: ExtractorSource
  @ObservationIgnored var loadedExtractor: FeatureExtractor?
  @ObservationIgnored var model: TrainedModel? { didSet { modelVersion += 1 } }
  @ObservationIgnored private(set) var modelVersion = 0
  @ObservationIgnored let operations = TaskChain()
  @ObservationIgnored let imports = TaskChain()
  @ObservationIgnored let trainings = TaskChain()
  @ObservationIgnored let tests = TaskChain()
  @ObservationIgnored let background = BackgroundChecks()
  @ObservationIgnored let finder = NearCopyFinder()
  @ObservationIgnored private var revision: Int

  /// True while the project has no name that its owner chose.
  public var isUntitled: Bool { ProjectLocation.isUntitled(fileURL) }

  /// Opens the project at `url`, or creates it where there is none. Nil: the project that was open last,
  /// or a new untitled one.
  ///
  /// - Throws: ``ProjectError``.
  public static func open(_ url: URL?) async throws -> Workspace {
    let url = url ?? ProjectLocation.last() ?? ProjectLocation.newUntitled()
    return try await open(url, create: true, extractors: .installed)
  }

  static func open(_ url: URL, create: Bool, extractors: ExtractorSource) async throws -> Workspace {
    let store = try await Task.detached { try ProjectStore(url: url, create: create) }.value
    let state = try await store.read()
    let model = try await store.model()
    let workspace = Workspace(url: url, store: store, state: state, model: model, extractors: extractors)
    workspace.keptScore = try await store.score()
    workspace.extractMissingFeatures()
    workspace.startChecks()
    return workspace
  }

  /// Opens a project that must exist already.
  public static func openExisting(_ url: URL) async throws -> Workspace {
    try await open(url, create: false, extractors: .installed)
  }

  private init(
    url: URL, store: ProjectStore, state: VersionedSnapshot, model: TrainedModel?, extractors: ExtractorSource
  ) {
    fileURL = url
    self.store = store
    self.extractors = extractors
    self.model = model
    snapshot = state.snapshot
    revision = state.revision
  }

  // MARK: The one door

  /// Makes `operation` durable, then shows it.
  ///
  /// - Parameter group: operations with the same group are undone together; nil: a step of its own.
  /// - Returns: the project after the operation.
  /// - Throws: ``ProjectError``; the project is then as it was.
  @discardableResult
  public func perform(_ operation: Operation, group: UndoGroup? = nil) async throws -> ProjectSnapshot {
    show(try await store.perform(operation, group: group ?? UndoGroup()))
  }

  /// As ``perform(_:group:)`` for buttons: in the order of the calls, an error becomes a notice.
  public func `do`(_ operation: Operation, group: UndoGroup? = nil) {
    enqueue { try await $0.perform(operation, group: group) }
  }

  public func undo() { enqueue { $0.show(try await $0.store.undo()) } }
  public func redo() { enqueue { $0.show(try await $0.store.redo()) } }

  /// Adds a category; the eleventh is refused with a notice.
  public func addCategory(named name: String = "") { self.do(.addCategory(name: name)) }

  /// Shows a state of the file, unless a newer one is shown already.
  @discardableResult
  func show(_ state: VersionedSnapshot) -> ProjectSnapshot {
    if state.revision > revision {
      let before = snapshot
      revision = state.revision
      snapshot = state.snapshot
      noticeChange(since: before)
    }
    return state.snapshot
  }

  private func enqueue(_ body: @escaping @MainActor (Workspace) async throws -> Void) {
    operations.add {
      do { try await body(self) } catch { self.tell(error) }
    }
  }

  // MARK: Pictures

  /// JPEG bytes of the photo's thumbnail; nil if the photo is unknown.
  public func thumbnail(_ photo: PhotoID) async -> Data? { try? await store.thumbnail(photo) }

  /// JPEG bytes of the project's copy of the photo; nil if the photo is unknown.
  public func copy(_ photo: PhotoID) async -> Data? { try? await store.copy(photo) }

  // MARK: Notices

  /// Shows a sentence to the person.
  public func tell(_ text: String, details: [String] = []) {
    notice = Notice(id: UUID(), text: text, details: details)
  }

  public func tell(_ error: any Error) { tell(Self.sentence(for: error)) }

  /// The sentence of any error of the engine.
  nonisolated public static func sentence(for error: any Error) -> String {
    switch error {
    case let error as ProjectError: error.message
    case let error as PhotoError: error.message
    case let error as TrainingError: error.message
    case let error as CounterfactualError: error.message
    case let error as ExtractorError: error.message
    default: L("Something went wrong: {reason}", ["reason": error.localizedDescription])
    }
  }

  // MARK: The end

  /// Returns once no operation, import, extraction, training or test is under way.
  public func settle() async {
    let chains = [operations, imports, trainings, tests]
    while let busy = chains.first(where: { !$0.isIdle }) { await busy.wait() }
  }

  /// Stops what is under way, keeps everything that was shown, and closes the file.
  public func close() async {
    checksByItself = false
    background.cancel()
    cancelImport()
    await settle()
    await background.chain.wait()
    await store.close()
  }

  /// Writes a complete copy of the project to `url`; open that one to go on under the new name.
  public func writeCopy(to url: URL) async throws {
    await settle()
    try await store.writeCopy(to: url)
  }
}
