// In the demo only: photos to try, and the animals for the third category of its story. Main thread.
// Everything on the shelf can be clicked, reached by keyboard, and dragged like a file.

import CGtk
import CGtkShim
import DuetEngine
import Foundation

@MainActor final class DemoShelf {
  /// Side of a photo, in pixels.
  private static let side: Int32 = 52

  let root = Widget.column(spacing: 6)
  private let workspace: Workspace
  private let photos = Widget.row(spacing: 6)
  private let animals = Widget(gtk_menu_button_new())
  private let categories = Menu()
  private var animalFiles: [URL] = []
  private var targets: [Target] = []
  private var isFilled = false

  private struct Target: Equatable {
    let category: CategoryID
    let name: String
  }

  init(workspace: Workspace) {
    self.workspace = workspace
    let title = Widget.label(L("Try these")).style("heading")
    title.expand(horizontally: true)
    animals.style("flat").isVisible = false
    gtk_menu_button_set_menu_model(animals.pointer, categories.model)
    let scroller = Widget.scroller(photos, horizontal: GTK_POLICY_AUTOMATIC)
    gtk_scrolled_window_set_policy(scroller.pointer, GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER)
    root.append(.row(spacing: 6, title, animals))
    root.append(scroller)
    let actions = ActionGroup(on: root, prefix: "demo")
    actions.add("animals") { [weak self] in self?.addAnimals(to: CategoryID($0)) }
    animals.offerDrag(GDK_ACTION_COPY) { [weak self] in self.flatMap { Files.contentProvider($0.animalFiles) } }
  }

  func show(_ snapshot: ProjectSnapshot) {
    root.isVisible = snapshot.isDemo
    guard snapshot.isDemo else { return }
    let new = snapshot.categories.map { Target(category: $0.id, name: $0.name) }
    if new != targets {  // an open menu stays as it is
      targets = new
      categories.removeAll()
      for target in new {
        categories.add(
          L("Add to {name}", ["name": target.name]), "demo.animals", target: target.category.rawValue)
      }
    }
    if !isFilled {
      isFilled = true
      Task { [weak self] in await self?.fill() }
    }
  }

  private func fill() async {
    let (held, files) = await Task.detached { (Demo.heldOut(), Demo.animals()) }.value
    animalFiles = files
    let text = LN("{count} animal photo", "{count} animal photos", files.count)
    gtk_menu_button_set_label(animals.pointer, text)
    animals.tooltip(L("Drag them into a category, or click to choose one"))
    animals.isVisible = !files.isEmpty
    for url in held {
      let texture = await Self.decode(url)
      photos.append(makeButton(url, texture))
    }
  }

  private func makeButton(_ url: URL, _ texture: Texture?) -> Widget {
    let picture = Widget(gtk_picture_new_for_paintable(texture?.pointer))
    gtk_picture_set_content_fit(picture.pointer, GTK_CONTENT_FIT_CONTAIN)
    picture.size(width: Self.side, height: Self.side)
    let name = url.deletingPathExtension().lastPathComponent
    let button = Widget(gtk_button_new())
    gtk_button_set_child(button.cast(), picture.widget)
    button.style("flat", "shelf-photo").accessibleName(L("Test {photo}", ["photo": name])).tooltip(name)
    button.on("clicked") { [weak self] _ in self?.workspace.test(.file(url)) }
    button.offerDrag(GDK_ACTION_COPY, icon: { texture }) { Files.contentProvider([url]) }
    return button
  }

  private func addAnimals(to category: CategoryID) {
    workspace.importPhotos(animalFiles.map(PhotoSource.file), into: category)
  }

  private static func decode(_ url: URL) async -> Texture? {
    await Task.detached(priority: .userInitiated) {
      (try? Data(contentsOf: url)).flatMap { Texture.decode($0) }
    }.value
  }
}
