// Photos that a person should look at: copies, photos that may be in the wrong category, and how the photos are
// spread over the categories. Main thread. Nothing is changed but by a click; each click is one step for Undo.

import CGtk
import DuetEngine

@MainActor final class ChecksPage {
  /// Cards that are made at once; the next ones come as these are dealt with.
  private static let mostCards = 12

  let root = Widget.column(spacing: 0)
  let copies = Widget.column(spacing: 12)
  let suspects = RowList()
  let removeCopies: Widget
  let balance = Widget(gtk_switch_new())
  private let copiesTitle: Widget
  private let suspectsTitle: Widget
  private let counts = RowList()
  private let nothing = Widget.statusPage(icon: "emblem-ok-symbolic")
  private let model: InsightModel
  private let actions: PhotoActions
  private var shownCopies: [NearCopy] = []
  private var isShowingBalance = false
  private var refresh: Observe?

  init(model: InsightModel, actions: PhotoActions) {
    self.model = model
    self.actions = actions
    removeCopies = .button("") {}
    copiesTitle = .section(
      L("Copies"), L("A copy teaches nothing new. In two categories, one of them is probably wrong."))
    suspectsTitle = .section(
      L("In the wrong category?"), L("All other photos say that these belong elsewhere. You know better than they do."))
    build()
    refresh = Observe { [weak self] in
      guard let self else { return }
      let workspace = self.actions.workspace
      self.show(self.model.facts, workspace.snapshot, copies: workspace.nearCopies.pairs, problem: self.model.problem)
    }
  }

  private func build() {
    removeCopies.on("clicked") { [weak self] _ in self?.removeAllCopies() }
    removeCopies.align(horizontally: GTK_ALIGN_END)
    let content = Widget.column(spacing: 18, nothing, copiesTitle, copies, removeCopies, suspectsTitle, suspects.root)
    content.append(
      .section(
        L("Numbers of photos"),
        L("A model leans towards what it has seen most of. Nothing is changed unless you want it.")))
    content.append(counts.root)
    content.append(balanceRow())
    root.append(.insightPage(content))
  }

  private func balanceRow() -> Widget {
    let row = Widget(adw_action_row_new())
    adw_preferences_row_set_title(row.cast(), plain(L("Train on equal numbers")))
    adw_action_row_set_subtitle(
      row.cast(), plain(L("As many photos of each category as the smallest one has. All photos stay in the project.")))
    balance.align(vertically: GTK_ALIGN_CENTER).accessibleName(L("Train on equal numbers"))
    balance.on("notify::active") { [weak self] _ in
      guard let self, !self.isShowingBalance else { return }
      self.actions.workspace.do(.setBalance(on: gtk_switch_get_active(self.balance.pointer) != 0))
    }
    adw_action_row_add_suffix(row.cast(), balance.widget)
    adw_action_row_set_activatable_widget(row.cast(), balance.widget)
    let list = Widget(gtk_list_box_new()).style("boxed-list")
    gtk_list_box_set_selection_mode(list.pointer, GTK_SELECTION_NONE)
    gtk_list_box_append(list.pointer, row.widget)
    return list
  }

  /// Each copy goes, its original stays; one step for Undo. Copies across categories are for the person to decide.
  private func removeAllCopies() {
    let photos = shownCopies.filter { $0.place == .sameCategory }.map(\.copy)
    if !photos.isEmpty { actions.remove(photos) }
  }

  // -- Showing

  private func show(_ facts: ProjectFacts?, _ snapshot: ProjectSnapshot, copies: [NearCopy], problem: String?) {
    let places = PhotoPlaces(snapshot)
    let suspects = (facts?.suspects ?? []).filter {
      places[$0.photo]?.category.id == $0.category && !snapshot.confirmedPhotos.contains($0.photo)
    }
    showCopies(copies, places, test: snapshot.test?.photo)
    suspectsTitle.isVisible = !suspects.isEmpty
    self.suspects.show(suspects.map { suspect in { [actions] in Self.row(suspect, places).make(actions) } })
    showCounts(facts, snapshot)
    nothing.isVisible = shownCopies.isEmpty && suspects.isEmpty
    if let problem {
      nothing.setStatus(L("The photos could not be checked"), problem)
    } else if facts == nil {
      nothing.setStatus(L("Looking at every photo…"), "")
    } else {
      nothing.setStatus(L("Nothing to look at"), L("There are no copies, and every photo fits its category."))
    }
    isShowingBalance = true
    gtk_switch_set_active(balance.pointer, snapshot.isBalanced ? 1 : 0)
    isShowingBalance = false
  }

  private func showCopies(_ all: [NearCopy], _ places: PhotoPlaces, test: PhotoID?) {
    let present = all.filter { pair in
      [pair.original, pair.copy].allSatisfy { places[$0] != nil || $0 == test }
    }
    copiesTitle.isVisible = !present.isEmpty
    let removable = present.count { $0.place == .sameCategory }
    removeCopies.isVisible = removable > 1
    gtk_button_set_label(
      removeCopies.cast(),
      LN("Remove {count} copy, keep its original", "Remove all {count} copies, keep the originals", removable))
    guard present != shownCopies else { return }
    shownCopies = present
    while let old = gtk_widget_get_first_child(copies.widget) { gtk_box_remove(copies.cast(), old) }
    for copy in present.prefix(Self.mostCards) { copies.append(CopyCard(copy: copy, places: places).make(actions)) }
    if present.count > Self.mostCards {
      copies.append(
        Widget.label(LN("And {count} more.", "And {count} more.", present.count - Self.mostCards)).style("dim-label"))
    }
  }

  private static func row(_ suspect: Suspect, _ places: PhotoPlaces) -> PhotoRow {
    PhotoRow(
      photo: suspect.photo, name: places.name(of: suspect.photo),
      sentence: L(
        "In {category}, looks like {answer}",
        ["category": places.name(of: suspect.category), "answer": places.name(of: suspect.suggested)]),
      target: (suspect.suggested, places.name(of: suspect.suggested)), canBeConfirmed: true)
  }

  private func showCounts(_ facts: ProjectFacts?, _ snapshot: ProjectSnapshot) {
    let findings = (facts?.countFindings ?? []).map { $0.sentence(name: snapshot.name(of:)) }
    let all = (facts?.counts ?? []).map { count in
      L("{name}: {count}", ["name": snapshot.name(of: count.category), "count": count.different])
    }
    counts.show((findings.isEmpty ? [all.joined(separator: " · ")] : findings).filter { !$0.isEmpty }.map { text in
      {
        let row = Widget(adw_action_row_new())
        adw_preferences_row_set_title(row.cast(), plain(text))
        adw_action_row_set_title_lines(row.cast(), 0)
        if !findings.isEmpty {
          let icon = Widget(gtk_image_new_from_icon_name("dialog-warning-symbolic")).style("warning")
          adw_action_row_add_prefix(row.cast(), icon.widget)
        }
        return row
      }
    })
  }
}
