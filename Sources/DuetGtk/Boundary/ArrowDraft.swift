// An arrow that is not kept yet, and what it would do. Main actor; the session computes elsewhere.
// Each change of the arrow begins another trial and ends the one before; the newest answer is the one that counts.

import DuetEngine
import Observation

@MainActor @Observable final class ArrowDraft {
  /// A moving slider or tip is tried out once it rests this long.
  private static let pause = Duration.milliseconds(250)

  private(set) var mark: Mark?
  private(set) var preview: MarkPreview?
  /// Whether an answer is on its way.
  private(set) var isTrying = false
  /// Where the arrow began when it was drawn.
  @ObservationIgnored private var origin: BoundaryPoint?
  @ObservationIgnored private let session: BoundarySession
  @ObservationIgnored private var task: Task<Void, Never>?

  init(session: BoundarySession) { self.session = session }

  /// An arrow was drawn or changed; it takes the place of one that was not kept.
  func show(_ new: Mark) {
    guard new != mark else { return }
    mark = new
    origin = session.set.point(new.point)
    task?.cancel()
    guard new.delta.contains(where: { $0 != 0 }) else {
      (preview, isTrying) = (nil, false)
      return
    }
    isTrying = true
    task = Task { [weak self, session] in
      // While the tip is being dragged every movement begins anew: only where it rests is tried out.
      try? await Task.sleep(for: Self.pause)
      guard !Task.isCancelled else { return }
      let answer = await session.preview(new)
      guard !Task.isCancelled, let self, self.mark == new else { return }
      (self.preview, self.isTrying) = (answer, false)
    }
  }

  /// The arrow counts from now on.
  func keep() {
    guard let mark, session.addMark(mark) else { return }
    clear()
  }

  func discard() { clear() }

  /// Discards an arrow whose point is gone, or is another one by now.
  func follow(_ set: PointSet) {
    if let mark, set.point(mark.point) != origin { clear() }
  }

  private func clear() {
    task?.cancel()
    task = nil
    (mark, preview, isTrying) = (nil, nil, false)
  }
}

extension MarkPreview {
  /// "With the arrow 93 of 100 new points would be right, without it 90."
  var sentence: String {
    guard let with = accuracyWith, let without = accuracyWithout else {
      return L(
        "There are too few points to measure what the arrow does. The solid line is with it, the dashed one without.")
    }
    func hundredths(_ share: Double) -> Int { Int((share * 100).rounded()) }
    return L(
      "With the arrow {with} of 100 new points would be right, without it {without}. "
        + "The solid line is with it, the dashed one without.",
      ["with": hundredths(with), "without": hundredths(without)])
  }
}
