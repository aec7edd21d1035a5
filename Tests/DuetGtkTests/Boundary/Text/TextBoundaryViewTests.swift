// The page "Texts" in a window: from the empty page to a pair that is learnt, as a person would do it.

import CGtk
import CGtkShim
import DuetEngine
import XCTest

@testable import DuetGtk

final class TextBoundaryViewTests: XCTestCase {
  func testTheEmptyPageSaysWhatToDoAndTheSampleFillsIt() throws {
    try inWindow {
      let fixture = TextFixture()
      let view = fixture.show()
      XCTAssertEqual(view.page, "empty")
      XCTAssertTrue(view.root.texts.contains { $0.hasPrefix("Open a CSV file") }, "\(view.root.texts)")
      view.useSample.click()
      try fixture.settle()
      turnLoop(for: "the reviews") { view.page == "content" && !view.list.shown.isEmpty }
      XCTAssertEqual(view.list.shown.count, fixture.session.set?.reviews.count)
      turnLoop(for: "the score") { view.training.score.text.hasPrefix("Right on") }
      XCTAssertTrue(view.training.comparison.text.contains("No edits"))
      fixture.close()
    }
  }

  func testTheChosenReviewShowsItsDecidingWordsToEyeAndScreenReader() throws {
    try withSample { fixture, view in
      let position = try XCTUnwrap(view.list.shown.firstIndex { $0.text.hasPrefix("I enjoyed every scene") })
      view.list.select(position)
      XCTAssertEqual(fixture.session.work.selected, view.list.shown[position].id)
      try fixture.settle()
      let markup = { String(cString: gtk_label_get_label(view.review.review.pointer)) }
      turnLoop(for: "the words") { markup().contains("underline=\"single\"") && markup().contains("enjoyed") }
      XCTAssertEqual(view.review.review.text, view.list.shown[position].text)
      let live = try XCTUnwrap(fixture.session.live)
      let spoken = TextSentences.deciding(live.original, ["negative", "positive"])
      XCTAssertTrue(spoken.contains("towards “positive”"), spoken)
      XCTAssertNotEqual(cgtk_accessible_description_is(view.review.review.widget, spoken), 0)
      XCTAssertEqual(view.review.chart.bars.map(\.name), ["negative", "positive"])
    }
  }

  func testAPairIsEditedWithALiveAnswerAndLearnt() throws {
    try withSample { fixture, view in
      let review = try fixture.choose(label: 1, in: view)
      XCTAssertFalse(gtk_widget_get_sensitive(view.review.learn.widget) != 0, "nothing is changed yet")
      XCTAssertEqual(view.review.editor.text, review.text)
      view.review.editor.type("Terrible, awful and boring.")
      try fixture.settle()
      turnLoop(for: "the difference") { view.review.changes.text.hasSuffix("words changed") }
      XCTAssertTrue(view.review.difference.text.contains("Terrible"))
      turnLoop(for: "the live answer") { view.review.answer.text.contains("Before your change: “positive”") }
      XCTAssertEqual(view.review.chart.bars.first { $0.isLabel }?.name, "negative")
      view.review.learn.click()
      XCTAssertEqual(fixture.session.work.edits[review.id], "Terrible, awful and boring.")
      turnLoop(for: "the pair to be counted") { view.training.state.text.hasPrefix("1 pair kept. Press Train") }
      turnLoop(for: "the row to say so") { view.list.root.texts.contains("edited") }
      view.training.train.click()
      try fixture.settle()
      turnLoop(for: "the comparison") { view.training.comparison.text.hasPrefix("Without your edits:") }
      XCTAssertEqual(view.training.state.text, "1 pair kept")
      fixture.session.undo()
      turnLoop(for: "undo") { view.training.state.text.hasPrefix("0 pairs kept") }
      XCTAssertEqual(view.review.editor.text, "Terrible, awful and boring.")
    }
  }

  func testControlEnterKeepsAndStartOverBringsTheReviewBack() throws {
    try withSample { fixture, view in
      let review = try fixture.choose(label: 0, in: view)
      view.review.editor.type("Lovely.")
      let keys = try XCTUnwrap(fixture.keyController(of: view.review.editor.view))
      XCTAssertNotEqual(cgtk_emit_key(keys.raw, guint(GDK_KEY_Return), GDK_CONTROL_MASK), 0)
      XCTAssertEqual(fixture.session.work.edits[review.id], "Lovely.")
      XCTAssertEqual(cgtk_emit_key(keys.raw, guint(GDK_KEY_Return), GdkModifierType(0)), 0, "Enter is a line break")
      turnLoop(for: "the button to forget it") { view.review.forget.isVisible }
      view.review.startOver.click()
      turnLoop(for: "the review in the editor") { view.review.editor.text == review.text }
      XCTAssertEqual(fixture.session.work.edits[review.id], "Lovely.", "what was kept stays")
    }
  }

  func testHeldOutReviewsAreShownButNotEdited() throws {
    try withSample { fixture, view in
      let position = try XCTUnwrap(view.list.shown.firstIndex { $0.isHeldOut })
      view.list.select(position)
      turnLoop(for: "the sentence") { view.root.texts.contains { $0.hasPrefix("This review is held out") } }
      XCTAssertEqual(gtk_widget_get_mapped(view.review.editor.view.widget), 0)
    }
  }

  func testTheListCanBeNarrowedDown() throws {
    try withSample { fixture, view in
      gtk_drop_down_set_selected(view.list.filter.pointer, guint(TextListPane.Filter.heldOut.rawValue))
      XCTAssertEqual(view.list.shown.map(\.id), fixture.session.set?.heldOut.map(\.id))
      gtk_drop_down_set_selected(view.list.filter.pointer, guint(TextListPane.Filter.edited.rawValue))
      XCTAssertTrue(view.list.shown.isEmpty)
      gtk_drop_down_set_selected(view.list.filter.pointer, guint(TextListPane.Filter.wrong.rawValue))
      let wrong = fixture.session.shown.filter { fixture.session.answers[$0.id]?.label != $0.label }
      XCTAssertEqual(view.list.shown.map(\.id), wrong.map(\.id))
    }
  }

  func testTheModeAndTheCountAreChosen() throws {
    try withSample { fixture, view in
      view.training.mode.choose(try XCTUnwrap(TextMode.allCases.firstIndex(of: .direction)))
      XCTAssertEqual(fixture.session.work.mode, .direction)
      gtk_spin_button_set_value(view.training.count.spin.pointer, 10)
      XCTAssertEqual(fixture.session.work.learnCount, 10)
      turnLoop(for: "the list to follow") { view.list.shown.count { !$0.isHeldOut } == 10 }
      fixture.session.undo()
      turnLoop(for: "undo") { gtk_spin_button_get_value(view.training.count.spin.pointer) > 10 }
    }
  }

  func testUnusualColumnsAreChosenAndBadFilesAreASentence() throws {
    try inWindow {
      let fixture = TextFixture()
      let view = fixture.show()
      let odd = try fixture.file("odd.csv", "day,words,mood\n1,I am happy,glad\n2,I am sad,low\n")
      fixture.session.load(odd)
      try fixture.settle()
      turnLoop(for: "the question") { view.page == "columns" }
      view.columns.text.choose(1)
      view.columns.label.choose(2)
      view.columns.open.click()
      try fixture.settle()
      turnLoop(for: "the reviews") { view.page == "content" }
      XCTAssertEqual(fixture.session.set?.reviews.map(\.text), ["I am happy", "I am sad"])
      fixture.session.load(try fixture.file("bad.csv", "text,label\na,x\nb,y\nc,z\n"))
      try fixture.settle()
      turnLoop(for: "the sentence") { fixture.notices.last?.contains("more than two labels (x, y, z)") == true }
      fixture.close()
    }
  }

  func testThePageFitsIntoTheSmallestWindow() throws {
    try withSample { fixture, view in
      _ = try fixture.choose(label: 1, in: view)
      view.review.editor.type("Dull.")
      view.review.learn.click()
      try fixture.settle()
      var (least, natural) = (GtkRequisition(), GtkRequisition())
      gtk_widget_get_preferred_size(view.root.widget, &least, &natural)
      // The main window's least size less its bars.
      XCTAssertLessThanOrEqual(least.width, 780)
      XCTAssertLessThanOrEqual(least.height, 400)
    }
  }

  func testTheViewIsFreedWithItsHandlers() throws {
    try inWindow {
      let before = SignalBox.live
      let fixture = TextFixture()
      weak let view = fixture.show()
      XCTAssertNotNil(view)
      fixture.close()
      turnLoop(for: "the view to go") { view == nil }
      drainMainLoop()
      XCTAssertLessThanOrEqual(SignalBox.live, before)
    }
  }
}

/// A session with a folder of its own, and a window around its view.
@MainActor final class TextFixture {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("duet-texts-\(UUID().uuidString)")
  let session: TextSession
  private(set) var view: TextBoundaryView?
  private(set) var notices: [String] = []
  private(set) var window: Widget?

  init() { session = TextSession(store: TextStore(folder: folder.appendingPathComponent("store"))) }

  func show() -> TextBoundaryView {
    let view = TextBoundaryView(session: session) { [weak self] in self?.notices.append($0) }
    let window = Widget(gtk_window_new())
    gtk_window_set_decorated(window.cast(), 0)
    gtk_window_set_default_size(window.cast(), 1100, 800)
    gtk_window_set_child(window.cast(), view.root.widget)
    gtk_window_present(window.cast())
    self.view = view
    self.window = window
    turnLoop(for: "the window to be on the screen") { gtk_widget_get_mapped(view.root.widget) != 0 }
    return view
  }

  func settle() throws {
    let session = session
    try turningLoop(for: "the texts to settle") { await session.settle() }
    drainMainLoop()
  }

  /// Chooses the first review of a label that may be learnt from.
  func choose(label: Int, in view: TextBoundaryView) throws -> TextReview {
    let position = try XCTUnwrap(view.list.shown.firstIndex { $0.label == label && !$0.isHeldOut })
    view.list.select(position)
    try settle()
    let review = view.list.shown[position]
    turnLoop(for: "the review in the editor") { view.review.editor.text == review.text }
    return review
  }

  func keyController(of widget: Widget) -> GObjectRef? {
    guard let list = gtk_widget_observe_controllers(widget.widget) else { return nil }
    let model = GObjectRef(adopting: list)
    for index in 0..<g_list_model_get_n_items(model.pointer) {
      guard let item = g_list_model_get_item(model.pointer, index) else { continue }
      let controller = GObjectRef(adopting: OpaquePointer(item))
      let isKeys = cgtk_is_a(controller.raw, gtk_event_controller_key_get_type()) != 0
      // GTK's own come without the capture phase.
      if isKeys, gtk_event_controller_get_propagation_phase(controller.pointer) == GTK_PHASE_CAPTURE { return controller }
    }
    return nil
  }

  func file(_ name: String, _ text: String) throws -> URL {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let url = folder.appendingPathComponent(name)
    try Data(text.utf8).write(to: url)
    return url
  }

  func close() {
    view = nil
    if let window { gtk_window_destroy(window.cast()) }
    window = nil
    drainMainLoop()
    try? FileManager.default.removeItem(at: folder)
  }
}

/// Runs `body` on a page with the sample reviews, trained.
func withSample(_ body: @MainActor (TextFixture, TextBoundaryView) throws -> Void) throws {
  try inWindow {
    let fixture = TextFixture()
    let view = fixture.show()
    fixture.session.useSample()
    try fixture.settle()
    turnLoop(for: "the first training") { fixture.session.model != nil && view.page == "content" }
    try body(fixture, view)
    try fixture.settle()
    fixture.close()
  }
}
