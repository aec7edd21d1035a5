// Whom the assistants may ask: settings, policy, key and consent come together here and nowhere else. Main actor.

import Foundation

extension Duet {
  /// Makes the network assistant, if there is one to make and the policy lets it.
  func connect() {
    network = nil
    networkProblem = nil
    abilities = ServerAbilities()
    statusLine = L("Offline: nothing leaves this computer")
    switch policy.permission(for: settings) {
    case .notConfigured: return
    case .forbidden(let reason): statusLine = reason
    case .allowed(let allowed) where allowed.awaitsKey:
      statusLine = L("Offline until the desktop’s keyring is unlocked")
    case .allowed(let allowed): connect(allowed)
    }
  }

  private func connect(_ settings: AssistantSettings) {
    do {
      let assistant = try makeNetwork(settings)
      network = assistant
      statusLine = assistant.host
      if let model = settings.model { statusLine = L("{model} at {host}", ["model": model, "host": assistant.host]) }
    } catch {
      networkProblem = error
      statusLine = error.message
    }
  }

  /// Goes on without the key, and takes it when the keyring gives it; settings that came meanwhile stay.
  func fetchKey() {
    let asked = settings
    guard asked.awaitsKey else { return }
    Task { [weak self] in
      let complete = await asked.withKey()
      guard let self, !self.isStopped, self.settings == asked else { return }
      self.settings = complete
      self.connect()
    }
  }

  /// What may go to an assistant: what the project's owner agreed to, as far as the policy lets it.
  func consent(for assistant: any NetworkAssistant) -> Consent? {
    let agreed = assistant.consent(in: project.snapshot)
    return agreed == .wordsAndPhotos && policy.noPhotos ? .words : agreed
  }
}
