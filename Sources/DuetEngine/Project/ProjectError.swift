// What can go wrong with a project file, in words for its owner. A value; any thread.

import Foundation

public enum ProjectError: Error, Sendable, Equatable {
  case notAProject(name: String)
  case madeByNewerVersion(name: String)
  case cannotOpen(name: String, reason: String)
  case cannotWrite(name: String, reason: String)
  case damaged(name: String, reason: String)
  case tooManyCategories
  case categoryGone
  case alreadyExists(name: String)
  /// `reason`: a sentence.
  case proposalOutdated(reason: String)

  /// One sentence on what happened and what to do next.
  public var message: String {
    switch self {
    case .notAProject(let name):
      L("“{name}” is not a DuetML project. Choose a file that ends in .duet.", ["name": name])
    case .madeByNewerVersion(let name):
      L("“{name}” was made by a newer DuetML. Update the app to open it.", ["name": name])
    case .cannotOpen(let name, let reason):
      L("“{name}” could not be opened ({reason}). Check that the file is still there and yours.",
        ["name": name, "reason": reason])
    case .cannotWrite(let name, let reason):
      L("“{name}” could not be saved ({reason}). Check that the disk is not full.", ["name": name, "reason": reason])
    case .damaged(let name, let reason):
      L("“{name}” is damaged ({reason}). Open a copy of it if you have one.", ["name": name, "reason": reason])
    case .tooManyCategories:
      L("A project has at most {count} categories. Remove one to add another.", ["count": Category.limit])
    case .categoryGone:
      L("That category was removed in the meantime. Choose another one.")
    case .alreadyExists(let name):
      L("“{name}” exists already. Choose another name.", ["name": name])
    case .proposalOutdated(let reason):
      L("The proposal cannot be applied any more: {reason}", ["reason": reason])
    }
  }
}
