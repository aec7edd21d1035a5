// The checked facts of a project for as long as somebody looks at them. Main actor; the engine computes elsewhere.
// The window that shows them owns it. A change of the photos cancels a check under way and starts the next one; the
// facts of before stay on screen until the new ones are there.

import DuetEngine
import Observation

@MainActor @Observable final class InsightModel {
  /// Nil until the first check is done.
  private(set) var facts: ProjectFacts?
  private(set) var isChecking = false
  /// Why there are no facts, in a sentence; nil if all is well.
  private(set) var problem: String?

  @ObservationIgnored private let workspace: Workspace
  @ObservationIgnored private var wanted: Question?
  @ObservationIgnored private var task: Task<Void, Never>?
  @ObservationIgnored private var refresh: Observe?

  /// What the facts depend on: equal questions, equal facts.
  private struct Question: Equatable {
    let fingerprint: String
    let lacksFeatures: Bool
    let confirmed: Set<PhotoID>
    let kept: Set<PhotoPair>
    let test: TestState?

    init(_ snapshot: ProjectSnapshot) {
      fingerprint = snapshot.fingerprint
      lacksFeatures = snapshot.lacksFeatures
      confirmed = snapshot.confirmedPhotos
      kept = snapshot.keptCopies
      test = snapshot.test
    }
  }

  init(workspace: Workspace) {
    self.workspace = workspace
    refresh = Observe { [weak self] in self?.follow(workspace.snapshot) }
  }

  /// Ends what is under way; nothing is checked after this.
  func stop() {
    refresh?.cancel()
    task?.cancel()
  }

  private func follow(_ snapshot: ProjectSnapshot) {
    let question = Question(snapshot)
    guard question != wanted else { return }
    wanted = question
    task?.cancel()
    isChecking = true
    task = Task { [weak self, workspace] in
      do {
        let facts = try await workspace.check()
        self?.show(facts, for: question)
      } catch is CancellationError {
      } catch { self?.fail(error, for: question) }
    }
  }

  private func show(_ new: ProjectFacts, for question: Question) {
    guard question == wanted else { return }
    facts = new
    problem = nil
    isChecking = false
  }

  private func fail(_ error: any Error, for question: Question) {
    guard question == wanted else { return }
    problem = Workspace.sentence(for: error)
    isChecking = false
  }
}
