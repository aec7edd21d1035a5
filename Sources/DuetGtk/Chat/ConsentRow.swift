// The question before anything leaves the computer for the first time. Main thread.
// It is there as long as an assistant is configured whose host was not agreed to for this project; until it is
// answered, nothing goes there. Nothing is chosen beforehand.

import CGtk
import DuetEngine

@MainActor final class ConsentRow {
  let root: Widget
  private let question = Widget.label()
  private var refresh: Observe?

  init(duet: Duet) {
    let no = Widget.button(L("Stay offline")) { [weak duet] in duet?.declineConsent() }
    let words = Widget.button(L("Words only")) { [weak duet] in duet?.grantConsent(.words) }
    let all = Widget.button(L("Words and photos")) { [weak duet] in duet?.grantConsent(.wordsAndPhotos) }
    let answers = Widget.column(spacing: 6, all, words, no)
    root = Widget.column(spacing: 8, question, answers).style("consent")
    refresh = Observe { [weak self] in self?.show(host: duet.consentNeeded) }
  }

  private func show(host: String?) {
    root.isVisible = host != nil
    if let host { question.text = Self.sentence(host: host) }
  }

  static func sentence(host: String) -> String {
    L(
      "What may this project send to the assistant on {host}? Until you choose, nothing leaves this computer.",
      ["host": host])
  }
}
