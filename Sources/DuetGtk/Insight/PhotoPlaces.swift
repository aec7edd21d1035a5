// Where every photo of a project is and what it is called. A value made from one snapshot; any thread.

import DuetEngine

struct PhotoPlaces {
  struct Place {
    let photo: Photo
    let category: DuetEngine.Category
  }

  private let places: [PhotoID: Place]
  private let snapshot: ProjectSnapshot

  init(_ snapshot: ProjectSnapshot) {
    self.snapshot = snapshot
    var places: [PhotoID: Place] = [:]
    for category in snapshot.categories {
      for photo in category.photos { places[photo.id] = Place(photo: photo, category: category) }
    }
    self.places = places
  }

  /// Nil for a photo that was removed.
  subscript(photo: PhotoID) -> Place? { places[photo] }

  /// Of a training photo or the test photo.
  func name(of photo: PhotoID) -> String {
    if let test = snapshot.test, test.photo == photo { return test.name }
    return places[photo]?.photo.name ?? L("a photo that was removed")
  }

  func name(of category: CategoryID) -> String { snapshot.name(of: category) }
}

extension ProjectSnapshot {
  /// What people call a category, also one without a name, or one that is gone.
  func name(of id: CategoryID) -> String {
    guard let index = categories.firstIndex(where: { $0.id == id }) else { return L("a category that was removed") }
    let name = categories[index].name
    return name.isEmpty ? L("Category {number}", ["number": index + 1]) : name
  }
}
