// Why something on the Boundary page was refused, in plain words with the next step. A value; any thread.

public enum BoundaryError: Error, Sendable, Equatable {
  case noPoints
  case oneLabel(name: String)
  case tooManyPoints(count: Int)
  case emptyFile(name: String)
  case unreadableFile(name: String)
  case notText(name: String)
  case fileTooBig(name: String, megabytes: Int)
  case wrongColumns(name: String, line: Int, found: Int, expected: Int)
  case tooFewColumns(name: String)
  case tooManyColumns(name: String, found: Int)
  case notANumber(name: String, line: Int, column: String, text: String)
  case notFinite(name: String, line: Int, column: String)
  case numberTooLarge(name: String, line: Int, column: String)
  case missingLabel(name: String, line: Int)
  case tooManyLabels(name: String, count: Int)
  case constantColumn(name: String, column: String)
  case noLength
  case unknownPoint
  case noSuchRun(name: String)
  case damagedRun(name: String)
  case notWritten(name: String)
  case diverged
  case notAPoint

  public var message: String {
    switch self {
    case .noPoints:
      L("There are no points to train on. Click to add some, or choose one of the sets.")
    case .oneLabel(let name):
      L("All training points are “{name}”. Add points of the other kind too.", ["name": name])
    case .tooManyPoints(let count):
      L("{count} points are too many: {most} is the most. Take a part of them.",
        ["count": count, "most": PointSet.mostPoints])
    case .emptyFile(let name):
      L("“{name}” has no points. It needs a line for each point: two numbers and a label.", ["name": name])
    case .unreadableFile(let name):
      L("“{name}” cannot be read. Check that it is still there and that you may open it.", ["name": name])
    case .notText(let name):
      L("“{name}” is not a text file. Save the table as CSV (UTF-8) and load that.", ["name": name])
    case .fileTooBig(let name, let megabytes):
      L("“{name}” is too big: {size} MB, and 16 MB is the most. Take a part of it.",
        ["name": name, "size": megabytes])
    case .wrongColumns(let name, let line, let found, let expected):
      L("Line {line} of “{name}” has {found} columns where {expected} are needed. Correct that line and load it again.",
        ["name": name, "line": line, "found": found, "expected": expected])
    case .tooFewColumns(let name):
      L("“{name}” has too few columns. It needs two columns of numbers and one with the label.", ["name": name])
    case .tooManyColumns(let name, let found):
      L("“{name}” has {found} columns. Keep two columns of numbers and one with the label, and load it again.",
        ["name": name, "found": found])
    case .notANumber(let name, let line, let column, let text):
      L("Line {line} of “{name}”: “{text}” in column “{column}” is not a number. Correct it and load the file again.",
        ["name": name, "line": line, "column": column, "text": text])
    case .notFinite(let name, let line, let column):
      L("Line {line} of “{name}”: the number in column “{column}” is missing or endless. Correct or delete the line.",
        ["name": name, "line": line, "column": column])
    case .numberTooLarge(let name, let line, let column):
      L("Line {line} of “{name}”: the number in column “{column}” is too large. Use a larger unit, such as kilometres.",
        ["name": name, "line": line, "column": column])
    case .missingLabel(let name, let line):
      L("Line {line} of “{name}” has no label. Write one, or delete the line.", ["name": name, "line": line])
    case .tooManyLabels(let name, let count):
      L("“{name}” has {count} different labels where 2 are needed. Keep the lines of two of them.",
        ["name": name, "count": count])
    case .constantColumn(let name, let column):
      L("Column “{column}” of “{name}” is the same number in every line, so it tells nothing. Choose another one.",
        ["name": name, "column": column])
    case .noLength:
      L("The arrow has no length. Drag it from the point to where it becomes the other kind.")
    case .unknownPoint:
      L("That point is not there any more. Choose another one.")
    case .noSuchRun(let name):
      L("The run “{name}” is not there any more.", ["name": name])
    case .damagedRun(let name):
      L("The run “{name}” is damaged and cannot be opened. Delete it, or copy its file from a backup.", ["name": name])
    case .notWritten(let name):
      L("“{name}” could not be written. Check that there is space on the disk and that you may write there.",
        ["name": name])
    case .diverged:
      L("The training ran away: its numbers became endless. Choose a smaller learning rate and start again.")
    case .notAPoint:
      L("A point needs two ordinary numbers and one of the two labels.")
    }
  }
}
