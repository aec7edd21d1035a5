// How assistants and the app speak of single photos: by a number that never changes, the photo's row in the file.
// A value; any thread. Names of photos and categories are a stranger's text too (they come from files and folders):
// they go out quoted, shortened and without control characters.

import Foundation

public enum PhotoNumbers {
  /// The longest name that a list carries, in characters.
  static let nameLimit = 40

  /// The photos on the contact sheets of a turn with their numbers, a line a category, in the sheets' order.
  ///
  ///     "Edible": 3 "apple.png", 4 "pear.png"
  public static func list(for turn: AssistantTurn) -> String {
    turn.sheetCategories.map { category in
      let photos = ContactSheetChoice.photos(of: category, seed: turn.project.sheetSeed)
      let entries = photos.map { "\($0.id.rawValue) \(quoted($0.name))" }.joined(separator: ", ")
      return "\(quoted(category.name)): \(entries)"
    }.joined(separator: "\n")
  }

  /// As JSON writes text, so that nothing in a name can look like the end of it.
  static func quoted(_ name: String) -> String {
    let line = ProjectStore.tidied(String(name.prefix(200)))
    let short = line.count > nameLimit ? line.prefix(nameLimit - 1) + "…" : line[...]
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return (try? encoder.encode(String(short))).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
  }

  /// The photos of the project that `values` speak of, by number or by file name, each once, in the project's order.
  /// What is not in a category of the project, and names that several photos have, count for nothing.
  static func photos(_ values: [JSONValue], in project: ProjectSnapshot) -> [PhotoID] {
    let all = project.categories.flatMap(\.photos)
    let numbers = Set(all.map(\.id.rawValue))
    var wanted: Set<Int64> = []
    var byName: [String: [Photo]]?
    for value in values {
      let value = value.fields?["number"] ?? value.fields?["id"] ?? value
      if let number = value.wholeNumber, numbers.contains(number) {
        wanted.insert(number)
      } else if let name = value.text {
        let names = byName ?? Dictionary(grouping: all) { $0.name.lowercased() }
        byName = names
        if let found = names[name.lowercased()], found.count == 1 { wanted.insert(found[0].id.rawValue) }
      }
    }
    return all.map(\.id).filter { wanted.contains($0.rawValue) }
  }
}
