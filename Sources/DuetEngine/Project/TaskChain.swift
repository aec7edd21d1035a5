// Work that must happen in the order in which it was asked for, one piece after the other.
// Main actor; each piece may wait for other threads, and then the main thread is free.

@MainActor final class TaskChain {
  private var tasks: [Task<Void, Never>] = []
  private var unfinished = 0

  var isIdle: Bool { unfinished == 0 }

  /// Runs `body` once everything added before has ended.
  func add(_ body: @escaping @MainActor () async -> Void) {
    let before = tasks.last
    unfinished += 1
    tasks.append(
      Task {
        await before?.value
        await body()
        self.unfinished -= 1
        if self.isIdle { self.tasks = [] }
      })
  }

  /// Returns once nothing is left, pieces added in the meantime included.
  func wait() async {
    while let last = tasks.last { await last.value }
  }

  /// Asks every piece to stop; each ends in its own way, with `Task.isCancelled` set.
  func cancel() {
    for task in tasks { task.cancel() }
  }
}
