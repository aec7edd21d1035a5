// Where the desktop app starts. Main thread.
// `main` stays synchronous: after an `await` in an asynchronous main, GLib would run on another thread.
// Help, version and mistakes are answered before GTK starts, so they work without a display.

import CGtk
import DuetEngine
import Foundation

@main struct DuetMLApp {
  static let version = "0.1.0"
  static let identifier = "io.github.duetml.DuetML"

  @MainActor static func main() {
    if let catalogue = DataFiles.url("locale") ?? DataFiles.url("build/locale") {
      TextDomain.bind(directory: catalogue.path)
    } else {
      TextDomain.bind(directory: "/usr/share/locale")
    }
    let options: LaunchOptions
    do {
      options = try LaunchOptions.parse(Array(CommandLine.arguments.dropFirst()))
    } catch {
      complain(error.message + "\n\n" + LaunchOptions.usage)
      exit(2)
    }
    if options.help {
      print(LaunchOptions.usage)
      exit(0)
    }
    if options.version {
      print("DuetML \(version)")
      exit(0)
    }
    guard gtk_init_check() != 0 else {
      complain(L("DuetML needs a screen to show its window. In a terminal, try: duet demo --out demo.duet"))
      exit(1)
    }
    let application = Application()
    // Everything inside refers to it weakly; without this it could be gone before its first signal.
    exit(withExtendedLifetime(application) { application.run() })
  }

  private static func complain(_ sentence: String) {
    FileHandle.standardError.write(Data((sentence + "\n").utf8))
  }
}
