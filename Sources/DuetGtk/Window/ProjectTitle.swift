// What the header bar says about a project. Pure; any thread.

import DuetEngine
import Foundation

enum ProjectTitle {
  /// The file's name, or for a project without a name of its own: the demo, or what the person wants to create.
  static func title(fileURL: URL, isUntitled: Bool, isDemo: Bool, goal: String?) -> String {
    if isDemo { return L("Edible plants") }
    if !isUntitled { return fileURL.deletingPathExtension().lastPathComponent }
    guard let goal = goal?.trimmingCharacters(in: .whitespacesAndNewlines), !goal.isEmpty else {
      return L("Untitled project")
    }
    return shortened(goal)
  }

  /// Always true words: an operation is in the file before it is on the screen.
  static func subtitle(importing progress: ImportProgress?) -> String {
    guard let progress else { return L("Everything is saved") }
    return L("Adding photos: {done} of {total}", ["done": progress.done, "total": progress.total])
  }

  private static func shortened(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? text
    let limit = 48
    return line.count <= limit ? line : line.prefix(limit - 1).trimmingCharacters(in: .whitespaces) + "…"
  }
}
