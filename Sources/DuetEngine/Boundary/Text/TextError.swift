// What can be wrong with texts to learn from, in words for the person who chose them. A value; any thread.

import Foundation

public enum TextError: Error, Sendable, Equatable {
  case unreadable(name: String)
  case tooLarge(name: String, megabytes: Int)
  case notUTF8(name: String)
  case empty(name: String)
  case unclosedQuote(name: String, line: Int)
  case noColumn(name: String, wanted: String, found: [String])
  case wrongCellCount(name: String, line: Int, expected: Int, found: Int)
  case noText(name: String, line: Int)
  case noLabel(name: String, line: Int)
  case wrongLabelCount(name: String, found: [String])
  case textTooLong(name: String, line: Int, limit: Int)
  case tooManyReviews(name: String, limit: Int)
  case notAPair(name: String, pair: String)
  case noWords
  case oneLabelOnly(label: String)
  case nothingToLearn
  case sameText
  case emptyEdit
  case tooFewReviews(needed: Int, found: Int)
  case cannotSave(reason: String)

  /// One sentence on what happened and what to do next.
  public var message: String {
    switch self {
    case .unreadable(let name):
      L("“{name}” cannot be read. Check that it is there and that you may open it.", ["name": name])
    case .tooLarge(let name, let megabytes):
      L("“{name}” is larger than {size} MB. Choose a smaller file, or cut it into parts.",
        ["name": name, "size": megabytes])
    case .notUTF8(let name):
      L("“{name}” is not plain text in UTF-8. Save it again as “CSV UTF-8”.", ["name": name])
    case .empty(let name):
      L("“{name}” has no reviews in it. It needs a first line with the names of the columns, then a line a review.",
        ["name": name])
    case .unclosedQuote(let name, let line):
      L("In “{name}” a quotation mark opened on line {line} is never closed. Close it, or write it twice.",
        ["name": name, "line": line])
    case .noColumn(let name, let wanted, let found):
      L("“{name}” has no column “{wanted}”. Its columns are: {found}.",
        ["name": name, "wanted": wanted, "found": found.joined(separator: ", ")])
    case .wrongCellCount(let name, let line, let expected, let found):
      L("Line {line} of “{name}” has {found} columns, the first line has {expected}. Put that line right.",
        ["name": name, "line": line, "found": found, "expected": expected])
    case .noText(let name, let line):
      L("Line {line} of “{name}” has no text. Write one, or remove the line.", ["name": name, "line": line])
    case .noLabel(let name, let line):
      L("Line {line} of “{name}” has no label. Write one, or remove the line.", ["name": name, "line": line])
    case .wrongLabelCount(let name, let found):
      found.count < 2
        ? L("All reviews in “{name}” have the same label. Learning needs two different labels.", ["name": name])
        : L("“{name}” has more than two labels ({found}). Keep reviews of two labels only.",
          ["name": name, "found": found.joined(separator: ", ")])
    case .textTooLong(let name, let line, let limit):
      L("The text on line {line} of “{name}” is longer than {limit} letters. Shorten it, or check the quotation marks.",
        ["name": name, "line": line, "limit": limit])
    case .tooManyReviews(let name, let limit):
      L("“{name}” has more than {limit} reviews. Choose a smaller file, or cut it into parts.",
        ["name": name, "limit": limit])
    case .notAPair(let name, let pair):
      L("In “{name}” the pair {pair} is not two texts with the two labels. Put those lines right, or remove them.",
        ["name": name, "pair": pair])
    case .noWords:
      L("There are no words in these texts. Choose a file with sentences in it.")
    case .oneLabelOnly(let label):
      L("All reviews to learn from are “{label}”. Add some of the other label.", ["label": label])
    case .nothingToLearn:
      L("There is nothing to learn from yet. Edit a review and press “Learn from this pair”.")
    case .sameText:
      L("The text is still the same. Change a few words until it means the opposite.")
    case .emptyEdit:
      L("The edited text has no words left. Change as few words as you can.")
    case .tooFewReviews(let needed, let found):
      LN("That needs at least {needed} reviews, and there is {count}. Choose a larger file.",
         "That needs at least {needed} reviews, and there are {count}. Choose a larger file.", found,
         ["needed": needed])
    case .cannotSave(let reason):
      L("Your work on the texts could not be saved ({reason}). Check that the disk is not full.", ["reason": reason])
    }
  }
}
