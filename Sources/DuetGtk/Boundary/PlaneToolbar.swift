// The row over the plane: play, step, start again; what a click does; help. Main thread. It shows the session's state
// and the choice of tool, and sends what the person does to them.

import CGtk
import DuetEngine

@MainActor final class PlaneToolbar {
  let root: Widget
  let play: Widget
  let step: Widget
  let restart: Widget
  /// Draw arrows, add points of label 0, add points of label 1.
  let tools: [Widget]
  private let playIcon = Widget(gtk_image_new())
  private let playText = Widget.label("", wraps: false)
  private let choices: PlaneChoices
  private var isShowing = false
  private var refreshes: [Observe] = []

  init(session: BoundarySession, choices: PlaneChoices) {
    self.choices = choices
    play = Widget(gtk_button_new())
    let playContent = Widget.row(spacing: 6, playIcon, playText)
    gtk_button_set_child(play.cast(), playContent.widget)
    play.style("suggested-action", "image-text-button")
    step = .iconButton("media-skip-forward-symbolic", name: L("Train one epoch")) { [weak session] in session?.step() }
    restart = .iconButton("view-refresh-symbolic", name: L("Start training again")) { [weak session] in
      session?.restart()
    }
    let arrow = Widget(gtk_toggle_button_new_with_label(L("Arrows")))
    let add = [0, 1].map { label in
      let button = Widget(gtk_toggle_button_new())
      let mark = Widget(gtk_drawing_area_new()).size(width: 18, height: 16).align(vertically: GTK_ALIGN_CENTER)
      mark.draw { cr, width, height in
        PointGlyph(label: label, isTest: false)
          .draw(cr, x: width / 2, y: height / 2, radius: PlaneDrawing.pointRadius, isDark: PlaneStyle.current.isDark)
      }
      let content = Widget.row(spacing: 2, Widget(gtk_image_new_from_icon_name("list-add-symbolic")), mark)
      gtk_button_set_child(button.cast(), content.widget)
      return button
    }
    tools = [arrow] + add
    let linked = Widget.row(spacing: 0).style("linked")
    for tool in tools { linked.append(tool) }
    let gap = Widget.label("", wraps: false).expand(horizontally: true)
    root = .row(spacing: 6, play, step, restart, gap, linked, BoundaryHelp.button())
    arrow.tooltip(L("Click picks a point, dragging from it draws an arrow"))
    for tool in add { gtk_toggle_button_set_group(tool.cast(), arrow.cast()) }
    for (tool, value) in zip(tools, [PlaneScene.Tool.arrows, .add(label: 0), .add(label: 1)]) {
      tool.on("toggled") { [weak self] arguments in
        guard let self, !self.isShowing, let button = arguments.object(0) else { return }
        if gtk_toggle_button_get_active(UnsafeMutablePointer(button)) != 0 { self.choices.tool = value }
      }
    }
    play.on("clicked") { [weak session] _ in session?.togglePlaying() }
    refreshes = [
      Observe { [weak self] in self?.show(isPlaying: session.isPlaying) },
      Observe { [weak self] in self?.show(labelNames: session.set.labelNames) },
      Observe { [weak self] in self?.show(choices.tool) },
    ]
  }

  private func show(isPlaying: Bool) {
    let title = isPlaying ? L("Pause") : L("Play")
    playText.text = title
    gtk_image_set_from_icon_name(
      playIcon.pointer, isPlaying ? "media-playback-pause-symbolic" : "media-playback-start-symbolic")
    play.accessibleName(isPlaying ? L("Pause the training") : L("Play the training"))
    step.isSensitive = !isPlaying
  }

  private func show(labelNames: [String]) {
    for (label, name) in labelNames.enumerated() where tools.indices.contains(label + 1) {
      let text = L("Add points “{label}”", ["label": name])
      tools[label + 1].tooltip(text).accessibleName(text)
    }
  }

  private func show(_ tool: PlaneScene.Tool) {
    isShowing = true
    defer { isShowing = false }
    let index = [PlaneScene.Tool.arrows, .add(label: 0), .add(label: 1)].firstIndex(of: tool) ?? 0
    gtk_toggle_button_set_active(tools[index].cast(), 1)
  }
}

extension BoundarySession {
  func togglePlaying() { isPlaying ? pause() : play() }
}
