// One photo, larger, with what can be done to it: behind a button, or at a point of the map. Main thread.
// The parent widget owns the popover; this object lives as long as its handlers, which the popover owns.

import CGtk
import DuetEngine

@MainActor final class PhotoPopover {
  /// Pixels of the picture's longer side.
  private static let side: Int32 = 220

  /// A GtkPopover.
  let root = Widget(gtk_popover_new())
  private(set) var photo: PhotoID?
  let goButton = Widget(gtk_button_new_with_label(L("Go to it")))
  let removeButton = Widget(gtk_button_new_with_label(L("Remove")))
  private let moveButton = Widget(gtk_menu_button_new())
  private let picture = Widget(gtk_image_new())
  private let title = Widget.label().style("heading")
  private let place = Widget.label().style("dim-label", "caption")
  private let targets = Menu()
  private let actions: PhotoActions
  private let group: ActionGroup

  init(_ actions: PhotoActions) {
    self.actions = actions
    gtk_image_set_pixel_size(picture.pointer, Self.side)
    gtk_widget_set_overflow(picture.widget, GTK_OVERFLOW_HIDDEN)
    picture.style("photo-cell").align(horizontally: GTK_ALIGN_CENTER)
    gtk_label_set_max_width_chars(title.pointer, 24)
    gtk_menu_button_set_label(moveButton.pointer, L("Move to"))
    gtk_menu_button_set_menu_model(moveButton.pointer, targets.model)
    removeButton.style("destructive-action")
    let buttons = Widget.row(spacing: 6, goButton, moveButton, removeButton)
    buttons.align(horizontally: GTK_ALIGN_CENTER)
    let content = Widget.column(spacing: 9, picture, Widget.column(spacing: 0, title, place), buttons).margin(6)
    gtk_popover_set_child(root.cast(), content.widget)
    group = ActionGroup(on: content, prefix: "photo")
    group.add("move") { [weak self] in self?.move(to: CategoryID($0)) }
    goButton.on("clicked") { [weak self] _ in self?.act { $0.go($1) } }
    removeButton.on("clicked") { [weak self] _ in self?.act { $0.remove([$1]) } }
  }

  /// What the popover is about from now on.
  func show(_ photo: PhotoID) {
    let snapshot = actions.workspace.snapshot
    let places = PhotoPlaces(snapshot)
    let category = places[photo]?.category
    self.photo = photo
    title.text = places.name(of: photo)
    place.text = category.map { L("in {name}", ["name": places.name(of: $0.id)]) } ?? L("the test photo")
    picture.accessibleName(places.name(of: photo))
    targets.removeAll()
    for other in snapshot.categories where other.id != category?.id {
      targets.add(places.name(of: other.id), "photo.move", target: other.id.rawValue)
    }
    moveButton.isVisible = category != nil && snapshot.categories.count > 1
    goButton.isVisible = category != nil
    gtk_image_set_from_paintable(picture.pointer, actions.textures.readyThumbnail(photo)?.pointer)
    Task { [weak self, actions] in
      let texture = await actions.textures.photo(photo)
      if let self, self.photo == photo, let texture {
        gtk_image_set_from_paintable(self.picture.pointer, texture.pointer)
      }
    }
  }

  /// As if the person had chosen a category of the menu.
  func move(to category: CategoryID) { act { $0.move([$1], to: category) } }

  private func act(_ body: (PhotoActions, PhotoID) -> Void) {
    guard let photo else { return }
    gtk_popover_popdown(root.cast())
    body(actions, photo)
  }
}
