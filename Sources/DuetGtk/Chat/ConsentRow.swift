// The question before photos leave the computer for the first time. Main thread.
// It is there as long as the project has photos and a network assistant whose host was not agreed to; until it
// is answered, requests go out without photos. Nothing is chosen beforehand.

import CGtk
import DuetEngine

@MainActor final class ConsentRow {
  let root: Widget
  private let question = Widget.label()
  private var refresh: Observe?

  init(duet: Duet) {
    let no = Widget.button(L("No photos")) { [weak duet] in duet?.declineConsent() }
    let yes = Widget.button(L("Allow")) { [weak duet] in duet?.grantConsent() }
    let answers = Widget.row(spacing: 8, no, yes).align(horizontally: GTK_ALIGN_END)
    root = Widget.column(spacing: 8, question, answers).style("consent")
    refresh = Observe { [weak self] in self?.show(host: duet.consentNeeded) }
  }

  private func show(host: String?) {
    root.isVisible = host != nil
    if let host { question.text = Self.sentence(host: host) }
  }

  static func sentence(host: String) -> String {
    L(
      "May small copies of this project’s photos be sent to {host}, so that the assistant can see them? "
        + "Without them it only reads the names and numbers.", ["host": host])
  }
}
