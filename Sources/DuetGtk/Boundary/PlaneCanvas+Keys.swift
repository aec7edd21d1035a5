// The plane without a pointer. Main thread.
// The arrow keys go from point to point; Return begins an arrow at the point, the arrow keys then move its tip (with
// Shift in small steps), Return keeps it, Escape discards it (or chooses nothing), Delete removes what is chosen.

import CGtk
import DuetEngine

extension PlaneCanvas {
  /// Shares of the visible width that the tip moves by.
  private static let step = 0.04
  private static let smallStep = 0.008
  /// Of a new arrow.
  private static let firstLength = 0.15

  /// Whether the key meant something here.
  func take(_ key: UInt32, _ modifiers: UInt32) -> Bool {
    guard modifiers & (GDK_CONTROL_MASK.rawValue | GDK_ALT_MASK.rawValue) == 0 else { return false }
    let isSmall = modifiers & GDK_SHIFT_MASK.rawValue != 0
    switch Int32(bitPattern: key) {
    case GDK_KEY_Left: go(x: -1, y: 0, isSmall)
    case GDK_KEY_Right: go(x: 1, y: 0, isSmall)
    case GDK_KEY_Up: go(x: 0, y: 1, isSmall)
    case GDK_KEY_Down: go(x: 0, y: -1, isSmall)
    case GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_space:
      if scene.draft != nil { onKeep() } else { return beginArrow() }
    case GDK_KEY_Escape:
      if scene.draft != nil { onDiscard() } else { onPick(nil) }
    case GDK_KEY_Delete, GDK_KEY_BackSpace: onDelete()
    default: return false
    }
    return true
  }

  private func go(x: Double, y: Double, _ isSmall: Bool) {
    guard var draft = scene.draft, let ends = scene.ends(of: draft) else { return goToPoint(x: x, y: y) }
    let share = isSmall ? Self.smallStep : Self.step
    let tip = geometry.visible(
      [ends.to[0] + x * share * geometry.bounds.width, ends.to[1] + y * share * geometry.bounds.height])
    draft.delta = [tip[0] - ends.from[0], tip[1] - ends.from[1]]
    onDraw(draft)
  }

  /// To the point that is nearest in a direction; sideways distance counts twice.
  private func goToPoint(x: Double, y: Double) {
    let here = scene.point(scene.focused)
    let from = here.map { geometry.pixel($0.x) } ?? .init(x: geometry.width / 2, y: geometry.height / 2)
    var best: (id: BoundaryPoint.ID, cost: Double)?
    for point in scene.points where point.id != here?.id {
      let at = geometry.pixel(point.x)
      let (dx, dy) = (at.x - from.x, from.y - at.y)
      let ahead = dx * x + dy * y
      guard ahead > 0 || here == nil else { continue }
      let cost = abs(ahead) + 2 * abs(dx * y - dy * x)
      if cost < best?.cost ?? .infinity { best = (point.id, cost) }
    }
    if let best { onPick(best.id) }
  }

  /// From the point that the keyboard is at, towards the middle of the plane.
  private func beginArrow() -> Bool {
    guard scene.tool == .arrows, let point = scene.point(scene.focused) else { return false }
    let bounds = geometry.bounds
    let isLeft = point.x[0] < (bounds.minX + bounds.maxX) / 2
    onDraw(Mark(point: point.id, delta: [(isLeft ? 1 : -1) * Self.firstLength * bounds.width, 0]))
    return true
  }
}
