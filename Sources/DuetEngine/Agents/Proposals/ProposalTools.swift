// The functions that a request offers to a language model: one for each change that it may suggest. Values; any
// thread. The form is that of OpenAI-compatible servers: https://platform.openai.com/docs/api-reference/chat, `tools`.
// Calling one changes nothing: the call becomes a card, and the card waits for the person.

public enum ProposalTools {
  /// One a kind of change, in the order of ``Proposal/Change/Kind``.
  public static let all: [ChatTool] = Proposal.Change.Kind.allCases.map(tool)

  /// What a model calls it.
  static func name(_ kind: Proposal.Change.Kind) -> String {
    switch kind {
    case .createCategory: "create_category"
    case .renameCategory: "rename_category"
    case .mergeCategories: "merge_categories"
    case .splitCategory: "split_category"
    case .removeCategory: "remove_category"
    case .movePhotos: "move_photos"
    case .removePhotos: "remove_photos"
    case .addTest: "add_test"
    }
  }

  static func kind(named name: String) -> Proposal.Change.Kind? {
    Proposal.Change.Kind.allCases.first { Self.name($0) == name }
  }

  private static func tool(_ kind: Proposal.Change.Kind) -> ChatTool {
    let (description, fields, optional) = contents(kind)
    let parameters = JSONValue.object([
      "type": .string("object"), "properties": .object(Dictionary(uniqueKeysWithValues: fields)),
      "required": .array(fields.map(\.0).filter { !optional.contains($0) }.map { .string($0) }),
      "additionalProperties": .bool(false),
    ])
    return ChatTool(function: .init(name: name(kind), description: description, parameters: parameters))
  }

  private static func contents(
    _ kind: Proposal.Change.Kind
  ) -> (String, [(String, JSONValue)], optional: Set<String>) {
    switch kind {
    case .createCategory:
      ("Suggest a new, empty category.", [("name", text("Name of the new category."))], [])
    case .renameCategory:
      ("Suggest another name for a category.", [("category", category), ("new_name", text("The better name."))], [])
    case .mergeCategories:
      (
        "Suggest putting categories together into one.",
        [
          ("categories", list(of: text("Name of a category."), "Names of the categories, two or more.")),
          ("new_name", text("Name of the category that holds all their photos.")),
        ], ["new_name"]
      )
    case .splitCategory:
      (
        "Suggest a category of its own for some photos of a category.",
        [("category", category), ("photos", photos), ("new_name", text("Name of the new category."))], []
      )
    case .removeCategory: ("Suggest removing a category with its photos.", [("category", category)], [])
    case .movePhotos:
      (
        "Suggest moving photos to another category.",
        [("photos", photos), ("category", text("Name of the category that they belong to."))], []
      )
    case .removePhotos: ("Suggest removing photos from the project.", [("photos", photos)], [])
    case .addTest:
      (
        "Suggest testing the model with a photo that the user still has to find.",
        [("description", text("What the photo should show, in a few words of the user's language."))], []
      )
    }
  }

  private static func text(_ description: String) -> JSONValue {
    .object(["type": .string("string"), "description": .string(description)])
  }

  private static func list(of items: JSONValue, _ description: String) -> JSONValue {
    .object(["type": .string("array"), "items": items, "description": .string(description)])
  }

  private static var category: JSONValue { text("Name of the category.") }
  private static var photos: JSONValue {
    list(of: .object(["type": .string("integer")]), "Numbers of the photos, as in the list of photos.")
  }
}
