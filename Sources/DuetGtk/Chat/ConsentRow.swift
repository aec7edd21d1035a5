// The question before anything leaves the computer for the first time. Main thread.
// It is there as long as an assistant is configured whose host was not agreed to for this project; until it is
// answered, nothing goes there. It says what each answer would send. Nothing is chosen beforehand.

import CGtk
import DuetEngine

@MainActor final class ConsentRow {
  let root: Widget
  private let question = Widget.label()
  private let words: Widget
  private let all: Widget
  private let photos = Widget.label().style("caption")
  private var refresh: Observe?

  init(duet: Duet, workspace: Workspace) {
    let no = Widget.button(L("Stay offline")) { [weak duet] in duet?.declineConsent() }
    words = Widget.button(L("Words only")) { [weak duet] in duet?.grantConsent(.words) }
    all = Widget.button(L("Words and photos")) { [weak duet] in duet?.grantConsent(.wordsAndPhotos) }
    let wordsMeaning = Widget.label(Self.wordsSentence).style("caption")
    let answers = Widget.column(spacing: 6, all, words, no)
    root = Widget.column(spacing: 8, question, wordsMeaning, photos, answers).style("consent")
    words.accessibleDescription(Self.wordsSentence)
    refresh = Observe { [weak self] in
      self?.show(
        host: duet.consentNeeded, photos: Self.photosSentence(workspace.snapshot),
        locked: duet.policy.reason(for: .photos))
    }
  }

  /// - Parameter locked: why no photo may be sent, whatever is answered here; nil: it may.
  private func show(host: String?, photos sentence: String, locked: String?) {
    root.isVisible = host != nil
    guard let host else { return }
    question.text = Self.sentence(host: host)
    photos.text = locked ?? sentence
    all.isSensitive = locked == nil
    all.tooltip(locked ?? "").accessibleDescription(locked ?? sentence)
  }

  static func sentence(host: String) -> String {
    L(
      "What may this project send to the assistant on {host}? Until you choose, nothing leaves this computer.",
      ["host": host])
  }

  static var wordsSentence: String {
    L("Words: what you write here, the names of categories and photos, and numbers about them.")
  }

  /// What "photos" means in this project.
  static func photosSentence(_ snapshot: ProjectSnapshot) -> String {
    let count = snapshot.photoCount
    guard count > 0 else {
      return L("Photos: small copies of photos that you add later, on overview sheets, and of the photo you test.")
    }
    return LN(
      "Photos: small copies of your {count} photo on overview sheets, and of the photo you test.",
      "Photos: small copies of your {count} photos on overview sheets, and of the photo you test.", count)
  }
}
