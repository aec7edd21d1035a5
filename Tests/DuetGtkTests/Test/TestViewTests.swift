// The test area in a window, on a real project: the photo, the bars, their words, and what is asked about them.

import CGtk
import CGtkShim
import DuetEngine
import XCTest

@testable import DuetGtk

final class TestViewTests: XCTestCase {
  private func inTestView(_ body: @MainActor (ProjectInWindow, TestView) throws -> Void) throws {
    try inWindow {
      let project = try ProjectInWindow()
      let view = TestView(workspace: project.workspace, showsAskButton: true) {}
      project.show(view.root, width: 396)
      try body(project, view)
      try project.close()
    }
  }

  func testABarForEveryCategoryWithWordsForThoseWhoCannotSeeIt() throws {
    try inTestView { project, view in
      try project.answer(["Edible": 0.931, "Not edible": 0.066, "Not a plant": 0.003])
      XCTAssertEqual(view.title.text, "This looks like Edible, 93 %")
      XCTAssertEqual(view.detail.text, "")
      XCTAssertEqual(view.chart.bars.map(\.name), ["Edible", "Not edible", "Not a plant"])
      XCTAssertEqual(view.chart.bars.map(\.isLabel), [true, false, false])
      XCTAssertNotEqual(cgtk_accessible_label_is(view.chart.root.widget, "Probabilities"), 0)
      XCTAssertNotEqual(
        cgtk_accessible_description_is(view.chart.root.widget, "Edible 93 %, Not edible 7 %, Not a plant < 1 %"), 0)
    }
  }

  func testTheBarsCanKeepTheUsersOrder() throws {
    try inTestView { project, view in
      try project.answer(["Cat": 0.2, "Dog": 0.7, "Fox": 0.1])
      XCTAssertEqual(view.chart.bars.map(\.name), ["Dog", "Cat", "Fox"])
      view.sortBars(largestFirst: false)
      XCTAssertEqual(view.chart.bars.map(\.name), ["Cat", "Dog", "Fox"])
      XCTAssertNotEqual(
        cgtk_accessible_description_is(view.chart.root.widget, "Cat 20 %, Dog 70 %, Fox 10 %"), 0)
      view.sortBars(largestFirst: true)
      XCTAssertEqual(view.chart.bars.map(\.name), ["Dog", "Cat", "Fox"])
    }
  }

  func testAnUnknownPhotoIsGreyAndSaysSo() throws {
    try inTestView { project, view in
      try project.answer(["Cat": 0.6, "Dog": 0.4], known: false)
      XCTAssertEqual(view.title.text, "This is unlike everything it was taught.")
      XCTAssertEqual(view.detail.text, "The most alike category is Cat, 60 %. Is a category missing?")
      XCTAssertNotEqual(gtk_widget_has_css_class(view.chart.root.widget, "uncertain"), 0)
      try project.answer(["Cat": 0.6, "Dog": 0.4], known: true)
      XCTAssertEqual(gtk_widget_has_css_class(view.chart.root.widget, "uncertain"), 0)
    }
  }

  func testACategoryAddedAfterTheAnswerHasARowWithoutAValue() throws {
    try inTestView { project, view in
      try project.answer(["Cat": 0.6, "Dog": 0.4])
      try project.addCategory("Fox")
      try project.settle()
      XCTAssertEqual(view.chart.bars.map(\.probability), [0.6, 0.4, nil])
      XCTAssertNotEqual(
        cgtk_accessible_description_is(view.chart.root.widget, "Cat 60 %, Dog 40 %, Fox: no answer"), 0)
    }
  }

  func testAllTenBarsAreVisibleWithoutScrolling() throws {
    try inTestView { project, view in
      try project.answer(Dictionary(uniqueKeysWithValues: (1...10).map { ("Category \($0)", 0.1) }))
      XCTAssertEqual(view.chart.bars.count, 10)
      let down = gtk_scrolled_window_get_vadjustment(view.root.pointer)
      turnLoop(for: "everything to fit without scrolling") {
        gtk_widget_get_height(view.chart.root.widget) > 150
          && gtk_adjustment_get_upper(down) <= gtk_adjustment_get_page_size(down)
      }
    }
  }

  func testADroppedAPastedAndADraggedPhotoAreTested() throws {
    try inTestView { project, view in
      XCTAssertFalse(view.ask.isVisible)
      let files = try project.pictures(1, channel: 1)
      try drop(files: files, on: view.dropTarget)
      turnLoop(for: "the dropped photo") { project.workspace.snapshot.test?.name == "green0.png" }
      let picture = try ProjectInWindow.texture(2, channel: 2)
      gdk_clipboard_set_texture(gtk_widget_get_clipboard(view.root.widget), picture.pointer)
      try press(GDK_KEY_v, GDK_CONTROL_MASK, on: view.pasteKeys)
      turnLoop(for: "the pasted photo") { project.workspace.snapshot.test?.name == "Pasted photo" }
      let one = try project.addCategory("One", photos: 1, channel: 0)
      let photo = try XCTUnwrap(project.workspace.snapshot.category(one)?.photos.first)
      try drop(PhotoDrag([photo.id], of: project.workspace), on: view.dropTarget)
      turnLoop(for: "the dragged photo") { project.workspace.snapshot.test?.contentHash == photo.contentHash }
      try project.settle()
      XCTAssertEqual(view.title.text, "Train first: then the answer appears here.")
    }
  }

  func testTheAskButtonNeedsAnAnswerAndAnAssistant() throws {
    try inWindow {
      let project = try ProjectInWindow()
      var asked = 0
      let view = TestView(workspace: project.workspace, showsAskButton: true) { asked += 1 }
      let baseline = TestView(workspace: project.workspace, showsAskButton: false) {}
      XCTAssertFalse(view.ask.isVisible)
      try project.answer(["Cat": 0.6, "Dog": 0.4])
      XCTAssertTrue(view.ask.isVisible)
      XCTAssertFalse(baseline.ask.isVisible)
      XCTAssertNotEqual(cgtk_accessible_label_is(view.ask.widget, "Ask the assistant about this result"), 0)
      cgtk_emit(view.ask.raw, "clicked")
      XCTAssertEqual(asked, 1)
      try project.close()
    }
  }

  func testARealAnswerShowsTheThreePhotosItLooksLike() throws {
    try XCTSkipIf(ExtractorStore.weights(.standard) == nil, "needs the EfficientNet-Lite0 weights")
    try inTestView { project, view in
      try project.addCategory("Red", photos: 3, channel: 0)
      try project.addCategory("Blue", photos: 3, channel: 2)
      let workspace = project.workspace
      workspace.train()
      try project.settle()
      try drop(files: try project.pictures(2, channel: 2, in: "new").suffix(1), on: view.dropTarget)
      try project.settle()
      XCTAssertTrue(view.title.text.hasPrefix("This looks like Blue, "), view.title.text)
      XCTAssertEqual(view.neighbours.count, 3)
      XCTAssertTrue(view.detail.text.contains("trained on this very photo"), view.detail.text)
    }
  }

  func testADestroyedViewLeavesNoHandlerBehind() throws {
    try inWindow {
      let project = try ProjectInWindow()
      let before = SignalBox.live
      var view: TestView? = TestView(workspace: project.workspace, showsAskButton: true) {}
      if let root = view?.root { project.show(root, width: 396) }
      try project.answer(["Cat": 0.6, "Dog": 0.4])
      XCTAssertGreaterThan(SignalBox.live, before)
      weak let leftView = view
      view = nil
      project.closeWindow()
      // Fewer than before is possible: other tests' widgets may still have been on their way out.
      turnLoop(for: "all handlers to be freed") { SignalBox.live <= before && leftView == nil }
      try project.close()
    }
  }
}

extension ProjectInWindow {
  /// Makes the categories that are missing, and puts a photo with this answer into the test area.
  fileprivate func answer(_ probabilities: [String: Double], known: Bool = true) throws {
    for name in probabilities.keys.sorted(by: { answerOrder($0) < answerOrder($1) })
    where !workspace.snapshot.categories.contains(where: { $0.name == name }) {
      try addCategory(name)
    }
    let bars = workspace.snapshot.categories.compactMap { category in
      probabilities[category.name].map { Prediction.Bar(category: category.id, probability: $0) }
    }
    let label = try XCTUnwrap(bars.max { $0.probability < $1.probability }).category
    let prediction = Prediction(bars: bars, label: label, known: known, nearest: [])
    let png = try XCTUnwrap(ProjectInWindow.texture(3, channel: 1).pngData())
    let photo = ImportedPhoto(
      name: "test.png", contentHash: String(repeating: "a", count: 64), width: 32, height: 32, copy: png,
      thumbnail: png)
    let workspace = workspace
    try turningLoop(for: "the answer") {
      _ = try await workspace.perform(.setTest(photo, features: [], prediction))
    }
    try settle()
  }

  /// "Edible", "Not edible", "Not a plant" and "Category 2", "Category 10" in the order they are meant in.
  private func answerOrder(_ name: String) -> Int {
    ["Edible", "Not edible", "Not a plant", "Cat", "Dog", "Fox"].firstIndex(of: name)
      ?? Int(name.split(separator: " ").last ?? "") ?? 0
  }
}
