// The page beside "Teach": arrows that move a boundary on points of the plane, and changed words in texts. Main thread.
// It is made when it is first looked at, and so is each of its two parts. The sessions belong to the BoundaryRoom.

import CGtk
import DuetEngine
import Observation

@MainActor @Observable final class BoundaryPage {
  enum Part: String, CaseIterable {
    case points, texts

    var title: String {
      switch self {
      case .points: L("Points")
      case .texts: L("Texts")
      }
    }
  }

  @ObservationIgnored let root: Widget
  private(set) var part = Part.points
  /// Nil until the session has been read.
  private(set) var points: PointsView?
  /// Nil until it is first looked at.
  private(set) var texts: TextBoundaryView?
  @ObservationIgnored private let stack = Widget(gtk_stack_new())
  @ObservationIgnored private let places = Part.allCases.map { _ in Widget(adw_bin_new()) }
  @ObservationIgnored private let room: BoundaryRoom
  @ObservationIgnored private let onNotice: @MainActor (String) -> Void
  @ObservationIgnored private var opening: [Part: Task<Void, Never>] = [:]

  /// - Parameter onNotice: a sentence to show for a while. Capture owners weakly.
  init(_ room: BoundaryRoom, onNotice: @escaping @MainActor (String) -> Void) {
    (self.room, self.onNotice) = (room, onNotice)
    let switcher = Widget(gtk_stack_switcher_new())
    gtk_stack_switcher_set_stack(switcher.pointer, stack.pointer)
    switcher.align(horizontally: GTK_ALIGN_CENTER).margin(horizontally: 12, vertically: 6)
    switcher.accessibleName(L("What to teach on"))
    root = .column(spacing: 0, switcher, Widget(gtk_separator_new(GTK_ORIENTATION_HORIZONTAL)), stack)
    stack.expand(horizontally: true, vertically: true)
    for (part, place) in zip(Part.allCases, places) {
      gtk_stack_add_titled(stack.pointer, place.widget, part.rawValue, part.title)
    }
    stack.on("notify::visible-child") { [weak self] _ in self?.partChanged() }
    open(.points)
  }

  // The page goes with its project; the session stays, but nothing should train unseen.
  isolated deinit {
    opening.values.forEach { $0.cancel() }
    points?.session.pause()
  }

  func show(_ part: Part) { gtk_stack_set_visible_child_name(stack.pointer, part.rawValue) }

  private func partChanged() {
    guard let name = gtk_stack_get_visible_child_name(stack.pointer), let new = Part(rawValue: String(cString: name)),
      new != part
    else { return }
    if part == .points { leave() }
    part = new
    open(new)
  }

  /// Makes a part once its session has been read.
  private func open(_ part: Part) {
    guard opening[part] == nil else { return }
    opening[part] = Task { [weak self, room] in
      switch part {
      case .points:
        let session = await room.points()
        self?.show(session)
      case .texts:
        let session = await room.texts()
        self?.show(session)
      }
    }
  }

  private func show(_ session: BoundarySession) {
    let view = PointsView(session: session, onNotice: onNotice)
    points = view
    adw_bin_set_child(places[0].cast(), view.root.widget)
  }

  private func show(_ session: TextSession) {
    let view = TextBoundaryView(session: session, onNotice: onNotice)
    texts = view
    adw_bin_set_child(places[1].cast(), view.root.widget)
  }

  /// The points are on the screen no more: nothing should train unseen.
  func leave() { points?.session.pause() }

  // What the window's actions do here.

  var undoTitle: String? { part == .points ? points?.session.undoTitle : texts?.session.undoTitle }
  var redoTitle: String? { part == .points ? points?.session.redoTitle : texts?.session.redoTitle }
  func undo() { part == .points ? points?.session.undo() : texts?.session.undo() }
  func redo() { part == .points ? points?.session.redo() : texts?.session.redo() }
  func train() { part == .points ? points?.session.togglePlaying() : texts?.session.train() }
}
