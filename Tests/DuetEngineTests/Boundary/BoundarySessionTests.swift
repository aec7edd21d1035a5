// The page's state: playing and editing at once, undo, what is kept on disk, saved runs. Each test has its own folder.

import Foundation
import Observation
import Testing

@testable import DuetEngine

@MainActor @Suite struct BoundarySessionTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("boundary-\(UUID().uuidString)")
  private var store: BoundaryRunStore { BoundaryRunStore(folder: folder) }

  private func session() -> BoundarySession {
    var state = BoundarySession.newState
    state.settings.hidden = [8]
    state.training = BoundaryTraining(state.settings)
    return BoundarySession(state, store: store)
  }

  private func mark(_ session: BoundarySession, _ delta: [Double] = [0.5, 0.2]) throws -> Mark {
    Mark(point: try #require(session.set.training.first).id, delta: delta)
  }

  @Test func playsUntilPaused() async throws {
    let session = session()
    session.play()
    #expect(session.isPlaying)
    let frame = AsyncStream.makeStream(of: Void.self)
    withObservationTracking { _ = session.field } onChange: { frame.continuation.yield() }
    for await _ in frame.stream { break }
    // Annotated while it runs.
    let arrow = try mark(session)
    #expect(session.addMark(arrow))
    session.pause()
    await session.waitForTraining()
    let epoch = session.epoch
    #expect(epoch > 0 && session.curves.last?.epoch == epoch && session.field != nil)
    session.step(3)
    await session.waitForTraining()
    #expect(session.epoch == epoch + 3)
  }

  /// Steps in the session, a close and a new start between, equal one uninterrupted training.
  @Test func resumesExactly() async throws {
    let first = session()
    let arrow = try mark(first)
    #expect(first.addMark(arrow))
    first.step(7)
    await first.waitForTraining()
    await first.waitForWrites()
    let second = await BoundarySession.open(store: store)
    #expect(second.state == first.state)
    second.step(5)
    await second.waitForTraining()
    var whole = BoundaryTraining(first.settings)
    _ = try whole.run(12, on: first.set, marks: first.marks, settings: first.settings)
    #expect(second.training == whole)
    #expect(second.curves.figures.count == 12)
  }

  @Test func undoAndRedoOfMarksAndPoints() throws {
    let session = session()
    #expect(!session.canUndo && !session.canRedo)
    var arrow = try mark(session)
    session.addMark(arrow)
    for step in 1...4 {
      arrow.delta = [0.1 * Double(step), 0]
      session.change(arrow, continuing: true)
    }
    session.setOn(arrow.id, false)
    let point = try #require(session.addPoint([0.2, 0.3], label: 1))
    session.removePoint(arrow.point)
    #expect(session.marks.isEmpty && session.set.points.count == 100)
    #expect(session.undoTitle == "Delete a point")
    session.undo()
    #expect(session.marks.count == 1 && session.set.points.count == 101)
    session.undo()
    #expect(session.set.point(point) == nil)
    session.undo()
    #expect(session.marks == [arrow])
    // The drag's four changes are one step.
    session.undo()
    #expect(session.marks.map(\.delta) == [[0.5, 0.2]])
    session.undo()
    #expect(session.marks.isEmpty && !session.canUndo)
    for _ in 0..<5 { session.redo() }
    #expect(session.marks.isEmpty && session.set.points.count == 100 && !session.canRedo)
    session.undo()
    session.remove(arrow.id)
    #expect(!session.canRedo && session.marks.isEmpty && session.selected == nil)
  }

  @Test func anotherSetStartsAnewAndUndoBringsTheOldTrainingBack() async throws {
    let session = session()
    session.step(4)
    await session.waitForTraining()
    let before = session.training
    session.use(PointSetRecipe(.circles))
    #expect(session.epoch == 0 && session.curves.figures.isEmpty && session.set.name == PointSetKind.circles.title)
    session.undo()
    #expect(session.training == before && session.epoch == 4 && session.curves.figures.count == 4)
    var other = session.settings
    other.alpha = 0.7
    session.change(other)
    #expect(session.epoch == 4)
    other.hidden = [3]
    session.change(other)
    #expect(session.epoch == 0)
  }

  @Test func whatIsRefusedIsSaid() async throws {
    let session = session()
    let none = try mark(session, [0, 0])
    #expect(!session.addMark(none))
    #expect(session.notice?.text == BoundaryError.noLength.message)
    #expect(!session.addMark(Mark(point: 12_345, delta: [1, 1])))
    #expect(session.notice?.text == BoundaryError.unknownPoint.message)
    #expect(session.addPoint([.nan, 1], label: 0) == nil)
    #expect(session.notice?.text == BoundaryError.notAPoint.message)
    #expect(session.marks.isEmpty && session.set.points.count == 100 && !session.canUndo)
    await session.load(csv: folder.appendingPathComponent("none.csv"))
    #expect(session.notice?.text == BoundaryError.unreadableFile(name: "none.csv").message)
    session.clearPoints()
    session.play()
    #expect(!session.isPlaying && session.notice?.text == BoundaryError.noPoints.message)
  }

  @Test func loadsATable() async throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let url = folder.appendingPathComponent("mine.csv")
    try Data("1,2,a\n2,3,b\n3,5,a\n4,4,b\n".utf8).write(to: url)
    let session = session()
    await session.load(csv: url)
    #expect(session.set.name == "mine.csv" && session.set.points.count == 4 && session.notice == nil)
  }

  @Test func runsAreKeptRenamedOverlaidExportedAndDeleted() async throws {
    let session = session()
    session.addMark(try mark(session))
    session.step(6)
    await session.waitForTraining()
    await session.saveRun("  First  ")
    session.restart()
    await session.saveRun("")
    #expect(session.runs.count == 2 && session.runs.contains { $0.name == "Two moons, epoch 0" })
    let first = try #require(session.runs.first { $0.name == "First" })
    #expect(first.epochs == 6 && first.arrows == 1 && first.loss == .tips && first.accuracy != nil)
    await session.loadRun(first.id)
    #expect(session.epoch == 6 && session.curves.figures.count == 6)
    session.undo()
    #expect(session.epoch == 0)
    await session.overlay(first.id, true)
    #expect(session.overlaid == [first.id] && session.overlays[first.id]?.figures.count == 6)
    await session.renameRun(first.id, to: "Best")
    #expect(session.runs.contains { $0.id == first.id && $0.name == "Best" })

    let file = folder.appendingPathComponent("out.json")
    await session.exportRun(first.id, to: file)
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
    let state = try #require(json?["state"] as? [String: Any])
    #expect(((state["set"] as? [String: Any])?["points"] as? [Any])?.count == 100)
    #expect((state["marks"] as? [Any])?.count == 1)
    #expect(((state["curves"] as? [String: Any])?["figures"] as? [Any])?.count == 6)
    let events = try #require(state["events"] as? [[String: Any]])
    #expect(events.map { $0["kind"] as? String } == ["started", "markAdded", "stepped"])
    #expect(try #require(state["trainingSeconds"] as? Double) > 0)

    await session.deleteRun(first.id)
    #expect(session.runs.count == 1 && session.overlaid.isEmpty)
    await session.loadRun(first.id)
    #expect(session.notice?.text == BoundaryError.noSuchRun(name: first.id.uuidString).message)
  }

  @Test func damagedFilesAreNamedAndNeverOverwritten() async throws {
    let session = session()
    await session.saveRun("Good")
    let runs = folder.appendingPathComponent("runs")
    try Data("{\"format\":1".utf8).write(to: runs.appendingPathComponent("torn.json"))
    let good = runs.appendingPathComponent("\(session.runs[0].id.uuidString).json")
    // A file that is JSON, but whose weights do not fit its shape.
    let text = try String(contentsOf: good, encoding: .utf8).replacingOccurrences(of: "[2,8,1]", with: "[2,9,1]")
    try Data(text.utf8).write(to: runs.appendingPathComponent("wrong.json"))
    try Data("nonsense".utf8).write(to: folder.appendingPathComponent("session.json"))
    let opened = await BoundarySession.open(store: store)
    #expect(opened.runs.map(\.name) == ["Good"])
    let notice = try #require(opened.notice?.text)
    #expect(notice.contains("torn.json") && notice.contains("wrong.json"))
    opened.restart()
    await opened.waitForWrites()
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let aside = try #require(files.first { $0.hasPrefix("session-damaged") })
    #expect(try String(contentsOf: folder.appendingPathComponent(aside), encoding: .utf8) == "nonsense")
  }
}
