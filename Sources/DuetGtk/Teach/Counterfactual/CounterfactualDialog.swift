// "What if ...?" about one photo: paint on it, or bring another one, and say what it shows then. Main thread. It lies
// over the project's window and sends one operation; the engine makes the pictures elsewhere.

import CGtk
import DuetEngine
import Foundation

@MainActor final class CounterfactualDialog {
  private static let defaultSize: (width: Int32, height: Int32) = (980, 680)
  private static let previewSide: Int32 = 150

  let window = Widget(adw_window_new())
  let canvas = BrushCanvas()
  let choices: CounterfactualChoices
  let shelf: CounterfactualShelf
  let add: Widget
  /// What is wrong, and what to do; empty where all is well.
  let problem = Widget.label().style("error")
  private(set) var other: PhotoSource?
  private(set) var dropTarget: GObjectRef?
  private let preview = Widget(gtk_picture_new())
  private let cancel: Widget
  private let content = Widget.column(spacing: 0)
  private let photo: PhotoID
  private let workspace: Workspace
  private let textures: TextureLoader
  private var copy: Data?
  /// The question that the preview answers.
  private var previewed: CounterfactualChange?
  private var painting: Task<Void, Never>?
  private var adding: Task<Void, Never>?
  private var isOpen = true
  private var refresh: Observe?
  /// The window was closed. Capture owners weakly.
  var onClosed: @MainActor () -> Void = {}

  /// - Parameter parent: the window that it lies over; nil in tests.
  init(_ photo: PhotoID, workspace: Workspace, textures: TextureLoader, over parent: Widget? = nil) {
    self.photo = photo
    self.workspace = workspace
    self.textures = textures
    let own = workspace.snapshot.categories.first { $0.photos.contains { $0.id == photo } }
    choices = CounterfactualChoices(workspace.snapshot, own: own?.id)
    shelf = CounterfactualShelf(workspace: workspace, photo: photo)
    add = .button(L("Add")) {}
    cancel = .button(L("Cancel")) {}
    build(name: own?.photos.first { $0.id == photo }?.name ?? "")
    if let parent {
      gtk_window_set_transient_for(window.cast(), parent.cast())
      gtk_window_set_modal(window.cast(), 1)
      gtk_window_set_destroy_with_parent(window.cast(), 1)
    }
    listen()
    load()
  }

  private func build(name: String) {
    let title = L("What if …? {name}", ["name": name])
    gtk_window_set_title(window.cast(), title)
    gtk_window_set_default_size(window.cast(), Self.defaultSize.width, Self.defaultSize.height)
    let header = Widget(adw_header_bar_new())
    adw_header_bar_set_show_end_title_buttons(header.pointer, 0)
    adw_header_bar_set_show_start_title_buttons(header.pointer, 0)
    header.packStart(cancel)
    header.packEnd(add.style("suggested-action"))
    gtk_picture_set_content_fit(preview.pointer, GTK_CONTENT_FIT_CONTAIN)
    preview.size(height: Self.previewSide).accessibleName(L("The changed photo"))
    let side = Widget.column(spacing: 12, choices.root, preview, problem, shelf.root).margin(12)
    let scroller = Widget.scroller(side)
    scroller.size(width: 330)
    canvas.root.margin(12)
    let panes = Widget.row(spacing: 0, canvas.root, Widget(gtk_separator_new(GTK_ORIENTATION_VERTICAL)), scroller)
    panes.expand(vertically: true)
    content.append(header)
    content.append(panes)
    adw_window_set_content(window.cast(), content.widget)
  }

  private func listen() {
    cancel.on("clicked") { [weak self] _ in self?.close() }
    add.on("clicked") { [weak self] _ in self?.keep() }
    choices.undo.on("clicked") { [weak self] _ in self?.canvas.undoStroke() }
    choices.clear.on("clicked") { [weak self] _ in self?.canvas.clear() }
    choices.otherPhoto.on("clicked") { [weak self] _ in self?.chooseOther() }
    choices.onChange = { [weak self] in self?.showState() }
    canvas.onChange = { [weak self] in self?.showPreview() }
    canvas.onResize = { [weak self] factor in
      if let self { self.choices.brushWidth *= factor }
    }
    dropTarget = window.acceptPhotos { [weak self] in self?.take($0) }
    window.acceptPastedPhotos { [weak self] in self?.take($0) }
    window.onKey { [weak self] key, _ in
      guard Int32(bitPattern: key) == GDK_KEY_Escape else { return false }
      self?.close()
      return true
    }
    window.on("close-request") { [weak self] _ in self?.end() }
    refresh = Observe { [weak self] in
      guard let self else { return }
      self.shelf.show(self.workspace.snapshot)
    }
    showState()
  }

  private func load() {
    Task { [weak self, textures, workspace, photo] in
      let (texture, copy) = (await textures.photo(photo), await workspace.copy(photo))
      guard let self, self.isOpen else { return }
      guard let texture, let copy else { return self.tell(CounterfactualError.photoGone) }
      self.copy = copy
      self.canvas.show(texture)
    }
  }

  func show() { gtk_window_present(window.cast()) }

  // -- While something is chosen or painted

  private func showState() {
    canvas.brushWidth = choices.brushWidth
    canvas.erases = choices.erases
    canvas.area.isVisible = choices.change.hasRegion
    showPreview()
  }

  private func showPreview() {
    painting?.cancel()
    problem.text = ""
    let change = choices.change
    // While somebody paints the last picture stays until the next one is there; of another question it would be wrong.
    if change != previewed { gtk_picture_set_paintable(preview.pointer, nil) }
    previewed = change
    guard change.hasRegion, let copy, let strokes = canvas.strokes else { return showScene() }
    guard !strokes.strokes.isEmpty else {
      canvas.paintedShare = 0
      gtk_picture_set_paintable(preview.pointer, nil)
      return
    }
    painting = Task { [weak self] in
      let made = await Task.detached(priority: .userInitiated) {
        let region = strokes.region
        let picture = try? CounterfactualPictures.preview(copy: copy, name: "", region: region, change: change)
        return (region.share, picture.flatMap { Texture.decode($0) })
      }.value
      guard let self, !Task.isCancelled else { return }
      self.canvas.paintedShare = made.0
      gtk_picture_set_paintable(self.preview.pointer, made.1?.pointer)
    }
  }

  private func showScene() {
    choices.showOther(other?.name)
    guard choices.change == .scene, let other else { return gtk_picture_set_paintable(preview.pointer, nil) }
    painting = Task { [weak self] in
      let texture = await Task.detached(priority: .userInitiated) {
        (try? PhotoImporter.load(other)).flatMap { Texture.decode($0.copy) }
      }.value
      guard let self, !Task.isCancelled else { return }
      gtk_picture_set_paintable(self.preview.pointer, texture?.pointer)
    }
  }

  // -- Another photo of the scene

  /// What was dropped, pasted or chosen.
  func take(_ offer: PhotoOffer) {
    switch offer {
    case .files(let urls): if let first = urls.first { useOther(.file(first)) }
    case .picture(let texture):
      Task { [weak self] in if let source = await Intake.source(of: texture) { self?.useOther(source) } }
    case .photos(let drag):
      guard drag.isFrom(workspace), let id = drag.photos.first else { return }
      Task { [weak self, workspace] in
        if let copy = await workspace.copy(id) { self?.useOther(.data(copy, name: L("Photo of this project"))) }
      }
    case .unreachable:
      problem.text = L(
        "That photo is not on this computer. Save it as a file first, or copy the picture and paste it.")
    }
  }

  private func useOther(_ source: PhotoSource) {
    other = source
    choices.choose(.scene)
    showState()
  }

  private func chooseOther() {
    Task { [weak self, window] in
      let urls = await FileChooser.choose(L("Choose a photo"), filters: [.photos], over: window)
      if let first = urls.first { self?.useOther(.file(first)) }
    }
  }

  // -- The end

  /// Adds what is chosen; the dialog closes once it is in the project, and stays with a sentence where it is refused.
  func keep() {
    guard adding == nil else { return }
    let (change, answer, strokes, other) = (choices.change, choices.answer, canvas.strokes, other)
    add.isSensitive = false
    adding = Task { [weak self, workspace, photo] in
      do {
        if change == .scene {
          guard let other else { throw DialogProblem.noOtherPhoto }
          try await workspace.addScene(to: photo, other, answer: answer)
        } else {
          guard let strokes else { throw CounterfactualError.photoGone }
          let region = await Task.detached(priority: .userInitiated) { strokes.region }.value
          try await workspace.addCounterfactual(to: photo, region: region, change: change, answer: answer)
        }
        self?.close()
      } catch {
        self?.tell(error)
      }
      self?.adding = nil
      self?.add.isSensitive = true
    }
  }

  private enum DialogProblem: Error { case noOtherPhoto }

  private func tell(_ error: any Error) {
    problem.text = error is DialogProblem
      ? L("There is no other photo yet. Choose, drop or paste one.") : Workspace.sentence(for: error)
  }

  func close() {
    guard isOpen else { return }
    end()
    gtk_window_destroy(window.cast())
  }

  private func end() {
    guard isOpen else { return }
    isOpen = false
    painting?.cancel()
    refresh?.cancel()
    onClosed()
  }
}
