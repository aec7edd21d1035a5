// The "what if?" cards: what would happen to the score, without doing it. Main thread. The project is only read.

import CGtk
import DuetEngine

@MainActor final class WhatIfPage {
  let root = Widget.column(spacing: 0)
  let cards: [WhatIfCard]
  private var refresh: Observe?

  init(model: InsightModel, workspace: Workspace) {
    cards = WhatIfCardKind.allCases.map { WhatIfCard($0, workspace: workspace) }
    let content = Widget.column(spacing: 18)
    content.append(
      .section(
        L("What if?"), L("Each of these trains a copy that is thrown away afterwards. Your project stays as it is.")))
    for card in cards { content.append(card.root) }
    root.append(.insightPage(content))
    refresh = Observe { [weak self] in
      let (snapshot, facts) = (workspace.snapshot, model.facts)
      self?.cards.forEach { $0.show(snapshot, facts) }
    }
  }

  /// Ends what is under way.
  func stop() {
    refresh?.cancel()
    for card in cards { card.stop() }
  }
}
