// The application: one window, one open project, and the order in which projects come and go. Main thread.
// Everything that opens or closes a project goes through one queue (`inOrder`), so that two clicks or a
// second `duetml` never open two projects at once. GTK owns the window; this object owns the project.

import CGtk
import DuetEngine
import Foundation

@MainActor final class Application {
  private let gtk: GObjectRef
  private(set) var window: MainWindow?
  var session: ProjectSession?
  var isBaseline = false
  /// What is behind the page about boundaries; it stays from project to project.
  let room = BoundaryRoom()
  private var screenshot: URL?
  private var last: Task<Void, Never>?
  /// False once the person closed the window, until someone wants it back.
  private var isWanted = true

  /// - Parameter identifier: its name on the session bus. A process can have one application under each name.
  init(identifier: String = DuetMLApp.identifier) {
    // Set by end-to-end tests, which must not talk to the app of the person who runs them.
    let isAlone = ProcessInfo.processInfo.environment["DUETML_NON_UNIQUE"] != nil
    let flags = G_APPLICATION_HANDLES_COMMAND_LINE.rawValue | (isAlone ? G_APPLICATION_NON_UNIQUE.rawValue : 0)
    gtk = GObjectRef(
      adopting: OpaquePointer(adw_application_new(identifier, GApplicationFlags(flags))))
  }

  /// Makes the application ready without running it: enough for tests, which turn the loop themselves.
  func register() -> Bool {
    gtk.on("startup") { [weak self] _ in self?.prepare() }
    return g_application_register(gtk.cast(), nil, nil) != 0
  }

  /// Runs until the window is closed and its project with it. Returns the exit status.
  func run() -> Int32 {
    gtk.on("startup") { [weak self] _ in self?.prepare() }
    gtk.on("command-line") { [weak self] arguments in
      guard let line = arguments.object(1) else { return }
      self?.carryOut(HandedOverCommandLine(line).options())
    }
    MainLoop.attach()
    let endings = [SIGTERM, SIGINT, SIGHUP].map { onSignal($0) { [weak self] in self?.closeWindow() } }
    defer { endings.forEach { $0.cancel() } }
    return g_application_run(gtk.cast(), CommandLine.argc, CommandLine.unsafeArgv)
  }

  private func prepare() {
    Appearance.load()
    Accelerators.install(on: gtk)
    let add = Actions(of: gtk)
    add.add("new") { [weak self] in self?.inOrder { await $0.newProject() } }
    add.add("open") { [weak self] in self?.chooseAndOpen() }
    add.add("demo") { [weak self] in self?.inOrder { await $0.openDemo(again: false) } }
    add.add("demo-again") { [weak self] in self?.inOrder { await $0.openDemo(again: true) } }
    add.add("start-page") { [weak self] in self?.inOrder { await $0.showStartPage() } }
    add.add("preferences") { [weak self] in self?.showPreferences() }
    add.add("shortcuts") { [weak self] in
      guard let self, let window = self.window else { return }
      ShortcutsWindow.show(over: window.window, hasAssistants: !self.isBaseline)
    }
    add.add("about") { [weak self] in
      if let window = self?.window { AboutWindow.show(over: window.window) }
    }
    add.add("quit") { [weak self] in self?.closeWindow() }
  }

  /// What this start, or a second `duetml` on the same desktop, asks for.
  func carryOut(_ options: LaunchOptions?) {
    guard let options else { return }
    isWanted = true
    screenshot = options.screenshot.map { URL(fileURLWithPath: $0) }
    let window = ensureWindow()
    window.present()
    inOrder { app in
      let changesMode = options.baseline != app.isBaseline
      app.isBaseline = options.baseline
      if changesMode { await app.closeProject() }
      if let file = options.file {
        await app.open(URL(fileURLWithPath: file))
      } else if options.demo {
        await app.openDemo(again: false)
      } else if options.new {
        await app.newProject()
      } else if app.session == nil {
        await app.openLast()
      }
      if let picture = app.screenshot { await app.savePicture(to: picture) }
    }
  }

  private func ensureWindow() -> MainWindow {
    if let window { return window }
    let made = MainWindow(
      application: gtk, onClose: { [weak self] in self?.closeWindow() },
      onSaveAs: { [weak self] in self?.chooseNameAndSave() })
    made.show(WaitingPage())
    window = made
    return made
  }

  /// Runs `work` after everything that was asked for before it.
  func inOrder(_ work: @escaping @MainActor (Application) async -> Void) {
    let before = last
    last = Task { [weak self] in
      await before?.value
      if let self { await work(self) }
    }
  }

  /// The window goes at once; the project closes behind it, with everything that was shown in its file.
  func closeWindow() {
    guard isWanted else { return }
    isWanted = false
    window?.hide()
    inOrder { app in
      await app.closeProject()
      await app.room.close()
      guard !app.isWanted else { return }  // wanted back in the meantime
      app.window?.destroy()
      app.window = nil
    }
  }

  private func showPreferences() {
    guard !isBaseline else { return }
    Task { [weak self] in
      let project = self?.session?.workspace
      let form = await AssistantForm.load(for: project?.fileURL.deletingLastPathComponent())
      guard let window = self?.window else { return }
      PreferencesWindow.show(form, over: window.window, project: project) { [weak self] in self?.session?.duet?.apply($0) }
    }
  }

  private func savePicture(to file: URL) async {
    guard let window else { return }
    await session?.workspace.settle()
    if await !WindowPicture.save(window.window, to: file) {
      FileHandle.standardError.write(Data((L("The picture could not be written.") + "\n").utf8))
    }
    closeWindow()
  }

  /// Ending the session, or Ctrl+C in the terminal, closes the window as its button does.
  private func onSignal(_ number: Int32, _ handler: @escaping @MainActor () -> Void) -> any DispatchSourceSignal {
    signal(number, SIG_IGN)  // the default would end the process before the source hears of it
    let source = DispatchSource.makeSignalSource(signal: number, queue: .main)
    source.setEventHandler { MainActor.assumeIsolated { handler() } }
    source.activate()
    return source
  }
}
