// The Boundary page's state: the only thing that its views read. Main actor. Training runs on other threads, one piece
// at a time; its results come back at most once a frame. Every change is written to the run store by itself.
// Editing is in BoundarySession+Editing, undo in +Undo, saved runs in +Runs, the preview of an arrow in +Preview.

import Foundation
import Observation

/// A sentence for the person; shown when its id changes.
public struct BoundaryNotice: Sendable, Equatable, Identifiable {
  public let id = UUID()
  public let text: String
}

/// How fine the field is computed, and where.
public struct FieldView: Sendable, Equatable {
  public var columns: Int
  public var rows: Int
  /// Nil: around all points of the set.
  public var bounds: BoundaryBounds?

  public init(columns: Int = 64, rows: Int = 64, bounds: BoundaryBounds? = nil) {
    self.columns = columns.brought(into: 2...256)
    self.rows = rows.brought(into: 2...256)
    self.bounds = bounds
  }
}

@MainActor @Observable public final class BoundarySession {
  /// Time between two pictures while playing.
  static let frame = Duration.milliseconds(16)
  /// While playing the session is written this often.
  static let keepEvery = Duration.seconds(5)

  // MARK: What views read

  public internal(set) var set: PointSet
  public internal(set) var marks: [Mark]
  public internal(set) var settings: BoundarySettings
  public internal(set) var epoch: Int
  public internal(set) var curves: Curves
  /// The network's answers over the plane; nil until the first has been computed.
  public internal(set) var field: BoundaryField?
  public internal(set) var isPlaying = false
  public internal(set) var notice: BoundaryNotice?
  public internal(set) var runs: [BoundaryRun.Summary] = []
  /// Curves of the runs that are drawn over this one's.
  public internal(set) var overlays: [BoundaryRun.ID: Curves] = [:]
  public var overlaid: Set<BoundaryRun.ID> { Swift.Set(overlays.keys) }
  public var selected: Mark.ID?
  /// What undo and redo would do, as a menu says it; nil: nothing.
  public internal(set) var undoTitle: String?
  public internal(set) var redoTitle: String?
  public var canUndo: Bool { undoTitle != nil }
  public var canRedo: Bool { redoTitle != nil }

  // MARK: What they do not

  @ObservationIgnored var training: BoundaryTraining
  @ObservationIgnored var trainingSeconds: Double
  @ObservationIgnored var events: [BoundaryEvent]
  @ObservationIgnored var fieldView = FieldView()
  @ObservationIgnored var history = EditHistory()
  @ObservationIgnored let store: BoundaryRunStore
  @ObservationIgnored private let steps = TaskChain()
  @ObservationIgnored private var loop: Task<Void, Never>?
  /// Raised whenever the training is replaced, so that a result that is under way is dropped.
  @ObservationIgnored private var generation = 0
  @ObservationIgnored private let writes = TaskChain()
  @ObservationIgnored private var isWriteWaiting = false
  @ObservationIgnored private var isFieldWaiting = false

  /// A session in `state`, kept in `store`.
  public init(_ state: BoundaryState = BoundarySession.newState, store: BoundaryRunStore = BoundaryRunStore()) {
    set = state.set
    marks = state.marks
    settings = state.settings
    training = state.training
    epoch = state.training.epoch
    curves = state.curves
    trainingSeconds = state.trainingSeconds
    events = state.events
    self.store = store
    if events.isEmpty { note(.started) }
  }

  /// Two moons, 100 points, the default mode.
  public nonisolated static var newState: BoundaryState { BoundaryState(set: .made(PointSetRecipe(.moons))) }

  /// The session as it was left last time, or a new one; with the list of runs.
  public static func open(store: BoundaryRunStore = BoundaryRunStore()) async -> BoundarySession {
    let session = BoundarySession(await store.session() ?? newState, store: store)
    await session.readRuns()
    session.refreshField()
    return session
  }

  var state: BoundaryState {
    var result = BoundaryState(set: set, settings: settings)
    result.marks = marks
    result.training = training
    result.curves = curves
    result.trainingSeconds = trainingSeconds
    result.events = events
    return result
  }

  // MARK: Training

  /// Trains until ``pause()``, `settings.epochsPerFrame` epochs a frame.
  public func play() {
    guard !isPlaying, isTrainable() else { return }
    isPlaying = true
    note(.played)
    loop = Task { await self.playFrames() }
  }

  public func pause() {
    guard isPlaying else { return }
    isPlaying = false
    note(.paused)
    keep()
  }

  /// Trains `count` epochs and stops; nothing while playing.
  public func step(_ count: Int = 1) {
    guard !isPlaying, isTrainable() else { return }
    note(.stepped)
    steps.add {
      await self.advance(count.brought(into: 1...10_000))
      self.keep()
    }
  }

  /// Returns once every step that was asked for is done and nothing plays.
  public func waitForTraining() async {
    await loop?.value
    await steps.wait()
  }

  private func playFrames() async {
    await steps.wait()
    let clock = ContinuousClock()
    var next = clock.now
    var kept = next
    while isPlaying {
      await advance(settings.epochsPerFrame)
      if clock.now - kept > Self.keepEvery {
        keep()
        kept = clock.now
      }
      next = max(next + Self.frame, clock.now)
      // The picture's pace, not a wait for something.
      try? await Task.sleep(until: next, clock: clock)
    }
  }

  private func advance(_ count: Int) async {
    let (before, set, marks, settings, view, generation) = (training, set, marks, settings, fieldView, generation)
    let clock = ContinuousClock()
    let start = clock.now
    let result = await Task.detached(priority: .userInitiated) { () -> Result<Advance, BoundaryError> in
      do throws(BoundaryError) {
        var training = before
        let figures = try training.run(count, on: set, marks: marks, settings: settings)
        let field = training.field(view.bounds ?? set.bounds(), columns: view.columns, rows: view.rows, of: set)
        return .success(Advance(training: training, figures: figures, field: field))
      } catch {
        return .failure(error)
      }
    }.value
    guard generation == self.generation else { return }
    switch result {
    case .success(let advance):
      training = advance.training
      trainingSeconds += (clock.now - start) / .seconds(1)
      for figures in advance.figures { curves.append(figures) }
      field = advance.field
      epoch = training.epoch
    case .failure(let error):
      pause()
      tell(error)
    }
  }

  private struct Advance: Sendable {
    let training: BoundaryTraining
    let figures: [EpochFigures]
    let field: BoundaryField
  }

  private func isTrainable() -> Bool {
    do throws(BoundaryError) {
      try set.checkTrainable()
      return true
    } catch {
      tell(error)
      return false
    }
  }

  /// Puts another training in the place of this one; what is under way is dropped.
  func replaceTraining(_ new: BoundaryTraining, curves: Curves, seconds: Double) {
    generation += 1
    training = new
    epoch = new.epoch
    self.curves = curves
    trainingSeconds = seconds
    refreshField()
  }

  // MARK: The field

  /// How fine and where the field is computed from now on.
  public func show(_ view: FieldView) {
    guard view != fieldView else { return }
    fieldView = view
    refreshField()
  }

  /// Computes the field anew, off the main thread; calls in quick succession become one.
  func refreshField() {
    guard !isFieldWaiting else { return }
    isFieldWaiting = true
    Task {
      self.isFieldWaiting = false
      let (training, set, view, generation) = (training, set, fieldView, generation)
      let field = await Task.detached(priority: .userInitiated) {
        training.field(view.bounds ?? set.bounds(), columns: view.columns, rows: view.rows, of: set)
      }.value
      // A training that went on has drawn a newer one.
      if generation == self.generation, training.epoch == self.training.epoch { self.field = field }
    }
  }

  // MARK: Keeping

  /// Writes the session once the writes before it are done; calls in quick succession become one.
  func keep() {
    guard !isWriteWaiting else { return }
    isWriteWaiting = true
    writes.add {
      self.isWriteWaiting = false
      do throws(BoundaryError) {
        try await self.store.keep(self.state)
      } catch {
        self.tell(error)
      }
    }
  }

  /// Returns once everything is on disk.
  public func waitForWrites() async { await writes.wait() }

  func tell(_ error: BoundaryError) { tell(error.message) }
  func tell(_ text: String) { notice = BoundaryNotice(text: text) }

  func note(_ kind: BoundaryEvent.Kind, mark: Mark.ID? = nil) {
    if events.count >= BoundaryState.mostEvents { events.removeFirst(events.count - BoundaryState.mostEvents + 1) }
    events.append(BoundaryEvent(date: .nowForFile, kind: kind, epoch: epoch, mark: mark))
  }
}
