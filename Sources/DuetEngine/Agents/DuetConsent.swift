// Asking the owner before anything leaves the computer, and remembering what was tested. Main actor.

import Foundation
import Observation

extension Duet {
  /// The line that is always there: how many photos have left this computer.
  public var ledgerLine: String {
    LN("{count} photo has left this computer", "{count} photos have left this computer", project.snapshot.photosSent)
  }

  /// The host that is configured but was not agreed to for this project: the panel shows a question, and
  /// until it is answered nothing goes there at all. Nil for an assistant on this computer.
  public var consentNeeded: String? {
    guard let network, !consentIsDeclined, network.consent(in: project.snapshot) == nil else { return nil }
    return network.host
  }

  /// The owner's answer, for this project and the present host. Kept in the project.
  public func grantConsent(_ consent: Consent) {
    guard let host = network?.host else { return }
    store { [weak self] in _ = try? await self?.project.perform(.grantConsent(consent, host: host), group: nil) }
  }

  /// Stay offline; not asked again until the app or the settings start anew.
  public func declineConsent() { consentIsDeclined = true }

  func watchTests() {
    withObservationTracking {
      tests.note(project.snapshot)
    } onChange: { [weak self] in
      Task { @MainActor in self?.watchTests() }
    }
  }
}

extension NetworkAssistant {
  /// What may go to it; nil: nothing. What stays on this computer needs no consent.
  func consent(in project: ProjectSnapshot) -> Consent? {
    isThisComputer ? .wordsAndPhotos : project.consents[host]
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
