// What undo and redo do, in a form that outlives the app: small changes of rows, each with its opposite.
// Values, kept as JSON in the project file; pixels are never part of them, because nothing is deleted.

/// One change that can be taken back.
enum ReversibleStep: Codable, Equatable {
  case renameCategory(CategoryID, to: String)
  case hideCategory(CategoryID)
  case showCategory(CategoryID)
  case hidePhotos([PhotoID])
  case showPhotos([PhotoID])
  case placePhotos([Placement])
  case keepCopies([PhotoPair])
  case doubtCopies([PhotoPair])
  case confirmPhotos([Placement])
  case doubtPhotos([PhotoID])
  case setProposal(Proposal.ID, Proposal.State)
  case hideCounterfactuals([CounterfactualID])
  case showCounterfactuals([CounterfactualID])

  struct Placement: Codable, Equatable {
    let photo: PhotoID
    let category: CategoryID
  }
}

/// What a step is called in "Undo ...": kept as data, put into words in the language of the day.
enum UndoTitle: Codable, Equatable {
  case addCategory(name: String)
  case renameCategory(name: String)
  case removeCategory(name: String)
  case restoreCategory(name: String)
  case addPhotos(count: Int)
  case movePhotos(count: Int)
  case removePhotos(count: Int)
  case restorePhotos(count: Int)
  case keepCopies(count: Int)
  case confirmPhotos(count: Int)
  case applyProposal(Proposal.Change.Kind)
  case dismissProposal
  case addCounterfactual
  case removeCounterfactuals(count: Int)
  case restoreCounterfactuals(count: Int)

  var text: String {
    switch self {
    case .addCategory(let name) where name.isEmpty: L("add a category")
    case .addCategory(let name): L("add “{name}”", ["name": name])
    case .renameCategory(let name): L("rename to “{name}”", ["name": name])
    case .removeCategory(let name): L("remove “{name}”", ["name": name])
    case .restoreCategory(let name): L("bring back “{name}”", ["name": name])
    case .addPhotos(let count): LN("add {count} photo", "add {count} photos", count)
    case .movePhotos(let count): LN("move {count} photo", "move {count} photos", count)
    case .removePhotos(let count): LN("remove {count} photo", "remove {count} photos", count)
    case .restorePhotos(let count): LN("bring back {count} photo", "bring back {count} photos", count)
    case .keepCopies(let count): LN("keep {count} copy", "keep {count} copies", count)
    case .confirmPhotos(let count): LN("“this is right” for {count} photo", "“this is right” for {count} photos", count)
    case .applyProposal(let kind): Self.proposed(kind)
    case .dismissProposal: L("dismiss the proposal")
    case .addCounterfactual: L("add a “what if?”")
    case .removeCounterfactuals(let count):
      LN("remove {count} “what if?”", "remove {count} “what if?”", count)
    case .restoreCounterfactuals(let count):
      LN("bring back {count} “what if?”", "bring back {count} “what if?”", count)
    }
  }

  private static func proposed(_ kind: Proposal.Change.Kind) -> String {
    switch kind {
    case .createCategory: L("the proposed category")
    case .renameCategory: L("the proposed name")
    case .mergeCategories: L("the proposed merging")
    case .splitCategory: L("the proposed splitting")
    case .removeCategory: L("the proposed removal of a category")
    case .movePhotos: L("the proposed move")
    case .removePhotos: L("the proposed removal of photos")
    case .addTest: L("the proposed test")
    }
  }
}

/// A change that was made, with the way back.
struct UndoEntry: Equatable {
  let title: UndoTitle
  let forward: ReversibleStep
  let backward: ReversibleStep
}
