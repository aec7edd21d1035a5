// The line beside the Train button. A pure function of what the workspace shows; any thread.

import DuetEngine
import Foundation

enum TrainingSentence {
  /// Photos in at least this many categories are needed to train.
  static let neededCategories = 2

  /// What the status line says, most pressing first.
  static func text(_ status: TrainingStatus, _ snapshot: ProjectSnapshot, problem: String? = nil) -> String {
    if let problem { return problem }
    switch status {
    case .training: return L("Training…")
    case .waitingForFeatures(let remaining):
      return LN("Looking at {count} more photo before training…", "Looking at {count} more photos before training…",
        remaining)
    case .failed, .finished, .idle: break
    }
    if !canTrain(snapshot) { return L("2 categories with photos are needed.") }
    if case .failed(let reason) = status { return reason }
    guard let model = snapshot.model else { return L("Everything is ready. Press Train.") }
    guard model.matchesPhotos else {
      return snapshot.keepsUpToDate
        ? L("The photos have changed. It is about to be trained again.")
        : L("The photos have changed since the last training. Press Train.")
    }
    return L("Training is finished ({seconds} s)", ["seconds": seconds(model.seconds)])
  }

  static func canTrain(_ snapshot: ProjectSnapshot) -> Bool {
    snapshot.categories.count { !$0.photos.isEmpty } >= neededCategories
  }

  static func isBusy(_ status: TrainingStatus) -> Bool {
    switch status {
    case .training, .waitingForFeatures: true
    case .idle, .finished, .failed: false
    }
  }

  /// One digit after the point, two where one would say 0.0.
  private static func seconds(_ seconds: Double) -> String {
    let rounded = String(format: "%.1f", seconds)
    return rounded == "0.0" ? String(format: "%.2f", max(seconds, 0.01)) : rounded
  }
}
