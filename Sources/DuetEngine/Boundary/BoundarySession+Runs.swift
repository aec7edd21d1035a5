// The table of runs: save, load, rename, delete, overlay, export. Main actor; the files are the store's.

import Foundation

extension BoundarySession {
  /// Keeps the training as it is now under `name`; without one, under the set's name and the epoch.
  public func saveRun(_ name: String) async {
    let trimmed = name.trimmingCharacters(in: .whitespacesAndNewlines)
    let shown = trimmed.isEmpty ? L("{set}, epoch {epoch}", ["set": set.name, "epoch": epoch]) : trimmed
    let run = BoundaryRun(name: String(shown.prefix(200)), date: .nowForFile, state: state)
    await attempt { () async throws(BoundaryError) in try await self.store.save(run) }
  }

  /// Goes on with a run; what was there before comes back with undo.
  public func loadRun(_ id: BoundaryRun.ID) async {
    pause()
    await waitForTraining()
    await attempt { () async throws(BoundaryError) in
      let run = try await self.store.load(id)
      self.edit(L("Load a run"), .setChosen, withTraining: true) {
        self.set = run.state.set
        self.marks = run.state.marks
        self.settings = run.state.settings
        self.selected = nil
      }
      self.replaceTraining(run.state.training, curves: run.state.curves, seconds: run.state.trainingSeconds)
      self.keep()
    }
  }

  public func renameRun(_ id: BoundaryRun.ID, to name: String) async {
    let trimmed = String(name.trimmingCharacters(in: .whitespacesAndNewlines).prefix(200))
    guard !trimmed.isEmpty else { return }
    await attempt { () async throws(BoundaryError) in try await self.store.rename(id, to: trimmed) }
  }

  public func deleteRun(_ id: BoundaryRun.ID) async {
    overlays[id] = nil
    await attempt { () async throws(BoundaryError) in try await self.store.delete(id) }
  }

  public func exportRun(_ id: BoundaryRun.ID, to url: URL) async {
    await attempt { () async throws(BoundaryError) in try await self.store.export(id, to: url) }
  }

  /// Whether a run's curves are drawn over this one's.
  public func overlay(_ id: BoundaryRun.ID, _ isShown: Bool) async {
    guard isShown else {
      overlays[id] = nil
      return
    }
    await attempt { () async throws(BoundaryError) in
      self.overlays[id] = try await self.store.load(id).state.curves
    }
  }

  /// Reads the list of runs; damaged ones are named in a notice.
  public func readRuns() async {
    let found = await store.runs()
    runs = found.summaries
    if !found.damaged.isEmpty {
      tell(
        L("Some saved runs are damaged and not shown: {names}. Delete the files, or bring them back from a backup.",
          ["names": found.damaged.joined(separator: ", ")]))
    }
  }

  private func attempt(_ body: @MainActor () async throws(BoundaryError) -> Void) async {
    do throws(BoundaryError) {
      try await body()
    } catch {
      tell(error)
    }
    runs = await store.runs().summaries
  }
}
