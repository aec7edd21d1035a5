// The status line beside the Train button: every sentence, and a real training.

import CGtk
import CGtkShim
import DuetEngine
import XCTest

@testable import DuetGtk

final class TrainingSentenceTests: XCTestCase {
  func testEveryStateHasItsSentence() throws {
    try inWindow {
      let project = try ProjectInWindow()
      let workspace = project.workspace
      @MainActor func line(_ status: TrainingStatus, problem: String? = nil) -> String {
        TrainingSentence.text(status, workspace.snapshot, problem: problem)
      }
      XCTAssertEqual(line(.idle), "2 categories with photos are needed.")
      try project.addCategory("One", photos: 1, channel: 0)
      try project.addCategory("Empty")
      XCTAssertEqual(line(.idle), "2 categories with photos are needed.")
      XCTAssertEqual(line(.failed("No memory.")), "2 categories with photos are needed.")
      try project.addCategory("Two", photos: 1, channel: 2)
      XCTAssertEqual(line(.idle), "Everything is ready. Press Train.")
      XCTAssertEqual(line(.failed("No memory.")), "No memory.")
      XCTAssertEqual(line(.training), "Training…")
      XCTAssertEqual(line(.waitingForFeatures(remaining: 1)), "Looking at 1 more photo before training…")
      XCTAssertEqual(line(.waitingForFeatures(remaining: 7)), "Looking at 7 more photos before training…")
      XCTAssertEqual(line(.idle, problem: "Run script/bootstrap."), "Run script/bootstrap.")
      try project.close()
    }
  }

  func testTrainTooEarlyIsAnsweredWithASentenceAndADeadButtonIsNever() throws {
    try inWindow {
      let project = try ProjectInWindow()
      let bar = TrainBar(workspace: project.workspace)
      XCTAssertTrue(bar.button.isSensitive)
      cgtk_emit(bar.button.raw, "clicked")
      try project.settle()
      XCTAssertEqual(bar.status.text, "2 categories with photos are needed.")
      XCTAssertEqual(project.workspace.notice?.text, "2 categories with photos are needed.")
      XCTAssertEqual(project.workspace.training, .idle)
      XCTAssertTrue(bar.button.isSensitive)
      XCTAssertNotEqual(cgtk_accessible_label_is(bar.status.widget, "Training status"), 0)
      try project.close()
    }
  }

  func testATrainingEndsWithItsTimeAndAChangeOfPhotosIsSaid() throws {
    try XCTSkipIf(ExtractorStore.weights(.standard) == nil, "needs the EfficientNet-Lite0 weights")
    try inWindow {
      let project = try ProjectInWindow()
      let bar = TrainBar(workspace: project.workspace)
      try project.addCategory("Red", photos: 3, channel: 0)
      let blue = try project.addCategory("Blue", photos: 3, channel: 2)
      cgtk_emit(bar.button.raw, "clicked")
      turnLoop(for: "the training to end", seconds: 60) { bar.status.text.hasPrefix("Training is finished (") }
      XCTAssertTrue(bar.status.text.hasSuffix(" s)"))
      let photo = try XCTUnwrap(project.workspace.snapshot.category(blue)?.photos.first?.id)
      project.workspace.do(.setKeepUpToDate(on: false))
      project.workspace.do(.removePhotos([photo]))
      turnLoop(for: "the sentence about the change") {
        bar.status.text == "The photos have changed since the last training. Press Train."
      }
      try project.close()
    }
  }
}
