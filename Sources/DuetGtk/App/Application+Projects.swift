// How projects are opened, made, named and closed. Main thread; files are read and written elsewhere.
// Each function that changes the open project runs inside `inOrder`, and ends with a page on the screen.

import CGtk
import DuetEngine
import Foundation

extension Application {
  /// The project that was open last; the start page if there is none.
  func openLast() async {
    guard let url = ProjectLocation.last() else { return await showStartPage() }
    await open(url)
  }

  func newProject() async {
    await replaceProject(waiting: "") { try await Workspace.open(ProjectLocation.newUntitled()) }
  }

  func open(_ url: URL) async {
    guard session?.isAt(url) != true else { return }
    await replaceProject(waiting: "") { try await Workspace.openExisting(url) }
  }

  /// The edible-plants project: where one left off, or from the beginning, which keeps the earlier one.
  func openDemo(again: Bool) async {
    if !again, let known = ProjectFiles.latestDemo() { return await open(known) }
    let url = ProjectFiles.newDemo()
    await replaceProject(waiting: L("Building the edible-plants demo…")) {
      do {
        return try await Demo.build(at: url)
      } catch {
        await ProjectFiles.remove(url)  // half a demo would be taken for one to come back to
        throw error
      }
    }
  }

  func showStartPage() async {
    await closeProject()
    let recent = await RecentProjects.load(from: ProjectLocation.dataFolder).existing
    let page = StartPage(recent: recent.map { ($0.url, $0.title) }, hasAssistants: !isBaseline) {
      [weak self] choice in
      switch choice {
      case .new: self?.inOrder { await $0.newProject() }
      case .demo: self?.inOrder { await $0.openDemo(again: false) }
      case .recent(let url): self?.inOrder { await $0.open(url) }
      case .open: self?.chooseAndOpen()
      }
    }
    window?.show(page)
  }

  func closeProject() async {
    guard let session else { return }
    window?.show(WaitingPage())
    await end(session)
  }

  /// Asks for a file and opens it.
  func chooseAndOpen() {
    guard let window else { return }
    Task { [weak self] in
      let chosen = await FileChooser.choose(L("Open a project"), filters: [ProjectFiles.filter], over: window.window)
      if let url = chosen.first { self?.inOrder { await $0.open(url) } }
    }
  }

  /// Asks for a name, writes the project there, and goes on under that name.
  func chooseNameAndSave() {
    guard let window, let session else { return }
    let suggestion = ProjectFiles.suggestedName(for: session.title)
    Task { [weak self] in
      let chosen = await FileChooser.choose(
        L("Save the project as"), action: GTK_FILE_CHOOSER_ACTION_SAVE, accept: L("_Save"),
        filters: [ProjectFiles.filter], suggestedName: suggestion, over: window.window)
      if let url = chosen.first { self?.inOrder { await $0.save(as: ProjectFiles.complete(url)) } }
    }
  }

  func save(as url: URL) async {
    guard let window, let session, !session.isAt(url) else { return }
    do {
      try await ProjectFiles.write(session.workspace, to: url)
      await open(url)
      guard self.session?.isAt(url) == true else { return }
      if session.workspace.isUntitled { await ProjectFiles.remove(session.workspace.fileURL) }
      window.toast(L("Saved as “{name}”", ["name": url.lastPathComponent]))
    } catch {
      MessageDialog.say(L("The project was not saved"), Workspace.sentence(for: error), over: window.window)
    }
  }

  /// Shows the project that `make` gives and closes the present one. If it gives none, says why; the present
  /// one then is back on the screen, or the start page where there was none.
  private func replaceProject(
    waiting: String, _ make: @escaping @MainActor () async throws -> Workspace
  ) async {
    guard let window else { return }
    let before = session
    window.show(WaitingPage(waiting))
    do {
      let opened = try await make()
      if let before { await end(before) }
      show(await ProjectSession.start(opened, baseline: isBaseline))
    } catch {
      if let before { show(before) } else { await showStartPage() }
      MessageDialog.say(L("The project could not be opened"), Workspace.sentence(for: error), over: window.window)
    }
  }

  /// Closes a project's file. One in which nobody did anything leaves nothing behind.
  private func end(_ ending: ProjectSession) async {
    session = nil
    await remember(ending)
    await ending.close()
    if ending.isUntouched { await ProjectFiles.remove(ending.workspace.fileURL) }
  }

  private func show(_ newSession: ProjectSession) {
    guard let window else { return }
    session = newSession
    let page = ProjectPage(session: newSession, room: room) { [weak window] in window?.toast($0) }
    window.show(page)
    let url = newSession.workspace.fileURL
    Task.detached { ProjectLocation.remember(url) }
    Task { await remember(newSession) }
  }

  /// Puts the project on the start page's list. A list that cannot be written is no reason to interrupt.
  private func remember(_ session: ProjectSession) async {
    let folder = ProjectLocation.dataFolder
    var recent = await RecentProjects.load(from: folder)
    recent.opened(session.workspace.fileURL, title: session.title)
    try? await recent.save(to: folder)
  }
}
