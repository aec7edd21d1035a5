// Asking the owner before photos leave the computer, and remembering what was tested. Main actor.

import Foundation
import Observation

extension Duet {
  /// The host that photos would go to, while its owner has not been asked: the panel shows a question.
  /// Until it is granted, requests go out without any photo. Nil for an assistant on this computer.
  public var consentNeeded: String? {
    guard let network, !consentIsDeclined else { return nil }
    let now = project.snapshot
    guard now.photoCount > 0 || now.test != nil, !NetworkTurn.mayShowPhotos(of: now, to: network) else { return nil }
    return network.host
  }

  /// The owner agrees that photos of this project go to the present host. Kept in the project.
  public func grantConsent() {
    guard let host = network?.host else { return }
    store { [weak self] in _ = try? await self?.project.perform(.grantConsent(host: host), group: nil) }
  }

  /// No photos; not asked again until the app or the settings start anew.
  public func declineConsent() { consentIsDeclined = true }

  func watchTests() {
    withObservationTracking {
      tests.note(project.snapshot)
    } onChange: { [weak self] in
      Task { @MainActor in self?.watchTests() }
    }
  }
}

/// The latest photos in the test area with the present model's answers. In memory only.
struct RecentTests: Sendable {
  private static let limit = 20
  private var model: Date?
  private(set) var all: [AssistantTurn.Tested] = []

  mutating func note(_ project: ProjectSnapshot) {
    if project.model?.trainedAt != model {
      model = project.model?.trainedAt
      all = []
    }
    guard let test = project.test, test.isCurrent, let prediction = test.prediction else { return }
    all.removeAll { $0.contentHash == test.contentHash }
    all.append(.init(name: test.name, contentHash: test.contentHash, prediction: prediction))
    all = all.suffix(Self.limit)
  }
}
