// Everything that was ever sent to an assistant about this project, newest first. Main thread.
// It lies over the project's window and goes with it. While it is open it follows the project.

import CGtk
import DuetEngine
import Foundation

@MainActor final class LedgerWindow {
  private static let defaultSize: (width: Int32, height: Int32) = (620, 600)

  let window = Widget(adw_window_new())
  let list = RowList()
  private let headline = Widget.label().style("title-2")
  private let summary = Widget.label().style("dim-label")
  private let stack = Widget(gtk_stack_new())
  private(set) var entries: [LedgerEntry]?
  private let workspace: Workspace
  private var refresh: Observe?
  private var reading: Task<Void, Never>?
  private var isOpen = true
  /// The window was closed. Capture owners weakly.
  var onClosed: @MainActor () -> Void = {}

  /// - Parameter parent: the window that it lies over; nil in tests.
  init(workspace: Workspace, over parent: Widget?) {
    self.workspace = workspace
    build()
    if let parent {
      gtk_window_set_transient_for(window.cast(), parent.cast())
      gtk_window_set_destroy_with_parent(window.cast(), 1)
    }
    window.on("close-request") { [weak self] _ in self?.end() }
    window.onKey { [weak self] key, modifiers in
      let isClose = Int32(bitPattern: key) == GDK_KEY_w && modifiers & GDK_CONTROL_MASK.rawValue != 0
      guard let self, isClose || Int32(bitPattern: key) == GDK_KEY_Escape else { return false }
      self.close()
      return true
    }
    refresh = Observe { [weak self] in
      _ = workspace.snapshot  // every request changes it
      self?.read()
    }
  }

  private func build() {
    gtk_window_set_title(window.cast(), L("What was sent"))
    gtk_window_set_default_size(window.cast(), Self.defaultSize.width, Self.defaultSize.height)
    let empty = Widget.statusPage(
      icon: "security-high-symbolic", L("Nothing was sent"),
      L("No assistant was asked over a network. Every request will be listed here, with the photos that went along."))
    let column = Widget.column(spacing: 18, Widget.column(spacing: 3, headline, summary), list.root)
    let page = Widget.insightPage(column)
    gtk_stack_add_named(stack.pointer, empty.widget, "empty")
    gtk_stack_add_named(stack.pointer, page.widget, "list")
    stack.expand(horizontally: true, vertically: true)
    let content = Widget.column(spacing: 0, Widget(adw_header_bar_new()), stack)
    adw_window_set_content(window.cast(), content.widget)
  }

  func present() { gtk_window_present(window.cast()) }

  func close() {
    end()
    gtk_window_destroy(window.cast())
  }

  private func end() {
    guard isOpen else { return }
    isOpen = false
    refresh?.cancel()
    reading?.cancel()
    onClosed()
  }

  /// One reading after the other; the last one shows the last state.
  private func read() {
    reading = Task { [weak self, workspace, earlier = reading] in
      await earlier?.value
      guard !Task.isCancelled else { return }
      let entries = await workspace.ledger()
      if !Task.isCancelled { self?.show(entries) }
    }
  }

  func show(_ entries: [LedgerEntry]) {
    let newestFirst = entries.sorted { ($0.date, $0.id) > ($1.date, $1.id) }
    guard newestFirst != self.entries else { return }
    self.entries = newestFirst
    let totals = LedgerTotals(entries)
    headline.text = LedgerText.headline(totals)
    summary.text = LedgerText.summary(totals)
    list.show(newestFirst.map { entry in { LedgerRow.make(entry) } })
    gtk_stack_set_visible_child_name(stack.pointer, entries.isEmpty ? "empty" : "list")
  }
}
