// The words behind `duetml` on the command line, as a value.
// Pure and on any thread: it is read once before GTK starts (for --help, --version and mistakes) and again
// by the running app when a second `duetml` hands its words over. Nothing is opened here.

import DuetEngine
import Foundation

/// What the person asked for when starting the app.
struct LaunchOptions: Sendable, Equatable {
  /// The paper's baseline system: the same app without assistants.
  var baseline = false
  /// Build (or come back to) the edible-plants project.
  var demo = false
  /// A fresh project even if there is one to come back to.
  var new = false
  /// The project to open.
  var file: String?
  /// Where to write one picture of the finished window before quitting.
  var screenshot: String?
  var version = false
  var help = false

  /// A mistake on the command line, with the sentence to print above the usage.
  struct Mistake: Error, Equatable {
    let message: String
  }

  /// - Parameter words: the arguments without the program's own name. After `--` everything is a file.
  static func parse(_ words: [String]) throws(Mistake) -> LaunchOptions {
    var options = LaunchOptions()
    var onlyFiles = false
    var rest = words[...]
    while let word = rest.popFirst() {
      if onlyFiles || !word.hasPrefix("-") || word == "-" {
        guard options.file == nil else {
          throw Mistake(message: L("One project at a time, please: “{file}” is one too many.", ["file": word]))
        }
        options.file = word
        continue
      }
      switch word {
      case "--": onlyFiles = true
      case "--baseline": options.baseline = true
      case "--demo": options.demo = true
      case "--new": options.new = true
      case "--version": options.version = true
      case "--help", "-h": options.help = true
      case "--screenshot":
        guard let path = rest.popFirst() else {
          throw Mistake(message: L("--screenshot needs the name of a PNG file to write."))
        }
        options.screenshot = path
      default:
        throw Mistake(message: L("There is no option “{option}”.", ["option": word]))
      }
    }
    let wishes = [options.demo, options.new, options.file != nil].filter { $0 }
    guard wishes.count <= 1 else {
      throw Mistake(message: L("Choose one of --demo, --new and a project file."))
    }
    return options
  }

  static var usage: String {
    L(
      """
      Usage: duetml [--baseline] [--demo | --new | FILE.duet]

        --baseline   the same app without the assistants
        --demo       open the edible-plants demo
        --new        start with an empty project
        --version    print the version
        --help       print this text
      """)
  }
}
