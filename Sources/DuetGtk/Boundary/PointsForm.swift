// Which points: one of the made sets with its size, noise, seed and share of test points, the person's own, or those of
// a file. Main thread. The session does not remember how a set was made; this form does, while it is open.

import CGtk
import DuetEngine
import Foundation

@MainActor final class PointsForm {
  let root: Widget
  let kind = ChoiceRow(L("Set"))
  let count: NumberRow
  let noise = NumberRow(L("Noise"), in: 0...3, step: 0.02, digits: 2)
  let seed = NumberRow(L("Seed of the points"), in: 0...9_999, step: 1)
  let share = NumberRow(L("Kept for testing"), L("Per cent of the points."), in: 0...80, step: 5)
  let open: Widget
  private var recipe = PointSetRecipe(.moons)
  private let session: BoundarySession
  private var refresh: Observe?

  init(session: BoundarySession) {
    self.session = session
    let sizes = PointSetRecipe.sizes
    count = NumberRow(
      L("Number of points"), in: Double(sizes.lowerBound)...Double(sizes.upperBound), step: 10)
    open = .button(icon: "document-open-symbolic", L("Load a CSV file…")) {}
    root = .column(
      spacing: 12, formList([kind.root, count.root, noise.root, seed.root, share.root]), open)
    open.on("clicked") { [weak self] _ in self?.chooseFile() }
    kind.onChange = { [weak self] in self?.use(kind: $0) }
    count.onChange = { [weak self] value in self?.change { $0.count = Int(value) } }
    noise.onChange = { [weak self] value in self?.change { $0.noise = value } }
    seed.onChange = { [weak self] value in self?.change { $0.seed = UInt64(value) } }
    share.onChange = { [weak self] value in self?.change { $0.testShare = value / 100 } }
    refresh = Observe { [weak self] in self?.show(session.set) }
  }

  /// What can be seen of how the set was made: at the start, and after undo.
  private func adopt(_ set: PointSet) {
    guard let known = PointSetKind.allCases.first(where: { $0.title == set.name }),
      known != recipe.kind || set.points.count != recipe.count
    else { return }
    if known != recipe.kind { recipe.noise = known.standardNoise }
    let share = Double(set.test.count) / Double(max(1, set.points.count))
    (recipe.kind, recipe.count, recipe.testShare) = (known, set.points.count, (share * 20).rounded() / 20)
  }

  private func use(kind index: Int) {
    guard PointSetKind.allCases.indices.contains(index) else {
      if index == PointSetKind.allCases.count { session.clearPoints() }
      return
    }
    let kind = PointSetKind.allCases[index]
    change {
      if $0.kind != kind { $0.noise = kind.standardNoise }
      $0.kind = kind
    }
  }

  private func change(_ edit: (inout PointSetRecipe) -> Void) {
    edit(&recipe)
    session.use(recipe)
  }

  private func show(_ set: PointSet) {
    adopt(set)
    var titles = PointSetKind.allCases.map(\.title) + [L("Own points")]
    let index = titles.firstIndex(of: set.name)
    if index == nil { titles.append(set.name) }
    kind.show(titles, selected: index ?? titles.count - 1)
    let isMade = index.map { $0 < PointSetKind.allCases.count } ?? false
    for row in [count, noise, seed, share] { row.root.isVisible = isMade }
    count.show(Double(recipe.count))
    noise.show(recipe.noise)
    seed.show(Double(recipe.seed))
    share.show((recipe.testShare * 100).rounded())
  }

  private func chooseFile() {
    let filter = FileChooser.Filter(
      name: L("Tables (CSV)"), mimeTypes: ["text/csv", "text/tab-separated-values"],
      patterns: ["*.csv", "*.tsv", "*.txt"])
    Task { [session, root] in
      let chosen = await FileChooser.choose(L("Load points"), filters: [filter], over: root)
      if let file = chosen.first { await session.load(csv: file) }
    }
  }
}
