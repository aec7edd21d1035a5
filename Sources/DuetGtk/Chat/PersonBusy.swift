// Whether the person is in the middle of something: typing, or dragging photos. Main thread.
// The active assistant waits as long as this says so. Typing ends some seconds after the last key, so that a
// half-written message that was left behind does not keep the assistant quiet for ever.

import CGtk

@MainActor final class PersonBusy {
  /// After a key, the person counts as typing for this long.
  static let typingPause = Duration.seconds(8)

  private let pause: Duration
  private let onChange: @MainActor (Bool) -> Void
  private var typing: Task<Void, Never>?
  private var isTyping = false { didSet { tell() } }
  private var isDragging = false { didSet { tell() } }
  private var told = false

  /// - Parameter onChange: hears of changes alone. Capture owners weakly.
  init(typingPause: Duration = PersonBusy.typingPause, onChange: @escaping @MainActor (Bool) -> Void) {
    pause = typingPause
    self.onChange = onChange
  }

  isolated deinit { typing?.cancel() }

  /// A key was typed.
  func typed() {
    isTyping = true
    typing?.cancel()
    typing = Task { [weak self, pause] in
      // Time is what this waits for: so long after the last key nobody is typing any more.
      do { try await Task.sleep(for: pause) } catch { return }
      self?.isTyping = false
    }
  }

  /// The message was sent.
  func stoppedTyping() {
    typing?.cancel()
    isTyping = false
  }

  /// Counts whatever is dragged over `widget`, wherever the drag began.
  /// - Returns: the controller, which tests emit "enter" and "leave" on.
  @discardableResult
  func watchDrags(over widget: Widget) -> GObjectRef {
    let drags = GObjectRef(adopting: gtk_drop_controller_motion_new())
    drags.on("enter") { [weak self] _ in self?.isDragging = true }
    drags.on("leave") { [weak self] _ in self?.isDragging = false }
    widget.addController(drags)
    return drags
  }

  private func tell() {
    let isBusy = isTyping || isDragging
    guard isBusy != told else { return }
    told = isBusy
    onChange(isBusy)
  }
}
