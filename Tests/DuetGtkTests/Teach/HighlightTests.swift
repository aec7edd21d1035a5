// "Show me" marks photos, a category or a bar in the development area, and the mark goes with the next click or by
// itself.

import CGtk
import CGtkShim
import DuetEngine
import XCTest

@testable import DuetGtk

@MainActor private func isMarked(_ widget: Widget) -> Bool { gtk_widget_has_css_class(widget.widget, "marked") != 0 }

@MainActor private func fill(_ project: ProjectInWindow) throws -> [CategoryID] {
  try ["One", "Two"].enumerated().map { try project.addCategory($1, photos: 3, channel: $0) }
}

final class HighlightTests: XCTestCase {
  func testPhotosOfSeveralCategoriesGetARing() throws {
    try inTeachView { project, view in
      _ = try fill(project)
      let categories = project.workspace.snapshot.categories
      let wanted = Set([categories[0].photos[1].id, categories[1].photos[2].id])
      project.workspace.highlight = .photos(Array(wanted))
      turnLoop(for: "the marks") { view.cards.allSatisfy { $0.card.grid.marked == wanted } }
      XCTAssertEqual(view.cards.flatMap { $0.card.grid.markedOnScreen }.count, 2)
      project.workspace.highlight = nil
      turnLoop(for: "the marks to go") { view.cards.allSatisfy { $0.card.grid.markedOnScreen.isEmpty } }
    }
  }

  func testACategoryIsEmphasisedWithoutTakingTheSelectionOrTheFocus() throws {
    try inTeachView { project, view in
      let ids = try fill(project)
      let window = try XCTUnwrap(gtk_widget_get_root(view.root.widget))
      let focus = gtk_root_get_focus(window)
      project.workspace.highlight = .category(ids[1])
      turnLoop(for: "the mark") { isMarked(view.cards[1].card.root) }
      XCTAssertFalse(isMarked(view.cards[0].card.root))
      XCTAssertTrue(view.cards.allSatisfy { $0.card.grid.list.selected.isEmpty })
      XCTAssertEqual(gtk_root_get_focus(window), focus)
    }
  }

  func testAMarkEndsByItself() throws {
    try inTeachView { project, view in
      let ids = try fill(project)
      let end = HighlightEnd(workspace: project.workspace, clicksIn: view.root, after: .milliseconds(1))
      project.workspace.highlight = .category(ids[0])
      turnLoop(for: "the mark to end") { project.workspace.highlight == nil }
      withExtendedLifetime(end) {}
    }
  }

  func testTheNextClickEndsIt() throws {
    try inTeachView { project, view in
      let ids = try fill(project)
      let end = HighlightEnd(workspace: project.workspace, clicksIn: view.root, after: .seconds(600))
      project.workspace.highlight = .category(ids[0])
      drainMainLoop()
      XCTAssertNotNil(project.workspace.highlight)
      end.end()
      turnLoop(for: "the mark to go") { !isMarked(view.cards[0].card.root) }
    }
  }

  func testABarIsEmphasisedInEveryOrder() throws {
    try inWindow {
      let chart = ProbabilityChart()
      let (a, b) = (CategoryID(1), CategoryID(2))
      let bars = [
        ProbabilityChart.Bar(category: a, name: "A", probability: 0.2, isLabel: false),
        ProbabilityChart.Bar(category: b, name: "B", probability: 0.8, isLabel: true),
      ]
      chart.show(bars, isCertain: true)
      XCTAssertTrue(chart.mark(a))
      XCTAssertEqual(chart.emphasised, ["A"])
      chart.show(bars.reversed(), isCertain: true)
      XCTAssertEqual(chart.emphasised, ["A"])
      XCTAssertFalse(chart.mark(CategoryID(9)))
      XCTAssertEqual(chart.emphasised, [])
    }
  }
}
