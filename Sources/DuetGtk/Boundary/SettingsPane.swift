// The side pane about points and learning: which set, how it is made, and how the network learns. Main thread.
// It shows the session's settings; every change goes to the session, which starts anew where it must.

import CGtk
import DuetEngine

@MainActor final class SettingsPane {
  let root: Widget
  let loss = ChoiceRow(L("Loss"), isBelow: true)
  let output = ChoiceRow(L("Arrows act on"), L("Sources disagree, so both are there."))
  let alpha = SliderRow(L("Share of the arrows"), L("0: labels alone. 1: arrows alone."))
  let margin = NumberRow(L("Margin"), in: 0...10, step: 0.5, digits: 1)
  let hidden = NumberRow(
    L("Hidden neurons"),
    in: Double(BoundarySettings.hiddenSizes.lowerBound)...Double(BoundarySettings.hiddenSizes.upperBound), step: 1)
  let ensemble = SwitchRow(L("Three networks"), L("They show where the answer is a matter of luck."))
  let rate = NumberRow(
    L("Learning rate"), in: BoundarySettings.learningRates, step: 0.005, digits: 3)
  let seed = NumberRow(L("Seed of the network"), in: 0...9_999, step: 1)
  let speed = NumberRow(
    L("Epochs a picture"),
    in: Double(BoundarySettings.speeds.lowerBound)...Double(BoundarySettings.speeds.upperBound), step: 1)
  let quantity = ChoiceRow(L("Colours show"))
  let points: PointsForm
  private let formula = Widget.label().style("caption", "monospace")
  private let sentence = Widget.label().style("dim-label")
  private let session: BoundarySession
  private let choices: PlaneChoices
  private var refreshes: [Observe] = []

  init(session: BoundarySession, choices: PlaneChoices) {
    (self.session, self.choices) = (session, choices)
    points = PointsForm(session: session)
    gtk_label_set_selectable(formula.pointer, 1)
    gtk_label_set_wrap_mode(formula.pointer, PANGO_WRAP_WORD_CHAR)
    let lossWords = Widget.column(spacing: 6, sentence, formula)
    let content = Widget.column(
      spacing: 12, Widget.label(L("Points")).style("title-4"), points.root,
      Widget.label(L("Learning")).style("title-4"), formList([loss.root, output.root, margin.root, alpha.root]),
      lossWords, formList([hidden.root, ensemble.root, rate.root, seed.root, speed.root]),
      Widget.label(L("Picture")).style("title-4"), formList([quantity.root]))
    root = .scroller(content.margin(12)).expand(vertically: true)
    listen()
    refreshes.append(Observe { [weak self] in self?.show(session.settings) })
    refreshes.append(Observe { [weak self] in
      let all = FieldColours.Quantity.allCases
      self?.quantity.show([L("Probability"), L("Logit")], selected: all.firstIndex(of: choices.quantity) ?? 0)
    })
  }

  private func listen() {
    loss.onChange = { [weak self] index in self?.change { $0.loss = BoundaryLoss.all[index] } }
    output.onChange = { [weak self] index in self?.change { $0.output = BoundaryOutput.allCases[index] } }
    margin.onChange = { [weak self] value in self?.change(continuing: true) { $0.loss = .contrast(margin: value) } }
    alpha.onChange = { [weak self] value in self?.change(continuing: true) { $0.alpha = value } }
    hidden.onChange = { [weak self] value in self?.change { $0.hidden = [Int(value)] } }
    ensemble.onChange = { [weak self] isOn in self?.change { $0.members = isOn ? 3 : 1 } }
    rate.onChange = { [weak self] value in self?.change(continuing: true) { $0.learningRate = value } }
    seed.onChange = { [weak self] value in self?.change { $0.seed = UInt64(value) } }
    speed.onChange = { [weak self] value in self?.change(continuing: true) { $0.epochsPerFrame = Int(value) } }
    quantity.onChange = { [weak self] index in self?.choices.quantity = FieldColours.Quantity.allCases[index] }
  }

  private func change(continuing: Bool = false, _ edit: (inout BoundarySettings) -> Void) {
    var new = session.settings
    edit(&new)
    session.change(new, continuing: continuing)
  }

  private func show(_ settings: BoundarySettings) {
    // The margin is set in its own row; any other one is the same loss.
    let index = BoundaryLoss.all.firstIndex { $0.identifier == settings.loss.identifier } ?? 0
    loss.show(BoundaryLoss.all.map(\.title), selected: index)
    output.show(
      BoundaryOutput.allCases.map(\.title), selected: BoundaryOutput.allCases.firstIndex(of: settings.output) ?? 0)
    output.root.isVisible = settings.loss.hasOutput
    alpha.root.isVisible = settings.loss.usesArrows
    if case .contrast(let value) = settings.loss { margin.show(value) }
    if case .contrast = settings.loss { margin.root.isVisible = true } else { margin.root.isVisible = false }
    sentence.text = settings.loss.help
    formula.text = settings.loss.formula
    alpha.show(settings.alpha)
    hidden.show(Double(settings.hidden.first ?? 0))
    ensemble.show(settings.members > 1)
    rate.show(settings.learningRate)
    seed.show(Double(min(9_999, settings.seed)))
    speed.show(Double(settings.epochsPerFrame))
  }
}
