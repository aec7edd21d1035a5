// Where a new project is built before it gets its name: beside its goal, moved there when it is complete.
// Any thread. A failure leaves nothing behind, and a file that is there already is not touched.

import DuetEngine
import Foundation

struct NewProjectFile: Sendable {
  let goal: URL
  /// The file to build; hidden, in the goal's folder so that the move is one step.
  let draft: URL
  private let mayReplace: Bool

  /// - Throws: `CommandFailure` where the goal exists, unless `mayReplace`; always where it is a folder.
  init(_ goal: URL, mayReplace: Bool) throws {
    self.goal = goal
    self.mayReplace = mayReplace
    draft = goal.deletingLastPathComponent()
      .appendingPathComponent(".\(goal.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier).part")
    if !mayReplace, FileManager.default.fileExists(atPath: goal.path) {
      throw CommandFailure(L("“{name}” exists already. Choose another name, or give --force to replace it.",
        ["name": goal.lastPathComponent]))
    }
    if LabelledPhotos.isFolder(goal) {
      throw CommandFailure(L("“{name}” is a folder. Choose another name.", ["name": goal.lastPathComponent]))
    }
    discard()  // of a process that had the same number and was killed
  }

  /// The draft, closed by now, becomes the project.
  func publish() throws {
    do {
      let files = FileManager.default
      if mayReplace, files.fileExists(atPath: goal.path) {
        for suffix in ["-wal", "-shm"] { try? files.removeItem(atPath: goal.path + suffix) }
        guard rename(draft.path, goal.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
      } else {
        // Not `rename`, which would silently replace a file that has appeared in the meantime.
        try files.moveItem(at: draft, to: goal)
      }
    } catch {
      discard()
      throw ProjectError.cannotWrite(name: goal.lastPathComponent, reason: error.localizedDescription)
    }
  }

  func discard() {
    for suffix in ["", "-wal", "-shm", "-journal"] { try? FileManager.default.removeItem(atPath: draft.path + suffix) }
  }
}
