// Everything a person can do to a project, as a value. `Workspace.perform` is the one door through which
// they go: there each becomes durable, undoable, part of the study log, and visible to the assistants.

import Foundation

public enum Operation: Sendable, Equatable {
  case addCategory(name: String)
  case renameCategory(CategoryID, to: String)
  case removeCategory(CategoryID)
  case restoreCategory(CategoryID)
  case addPhotos([ImportedPhoto], to: CategoryID)
  case removePhotos([PhotoID])
  case restorePhotos([PhotoID])
  case movePhotos([PhotoID], to: CategoryID)
  /// The inverse of a move that came from several categories.
  case placePhotos([PhotoID: CategoryID])
  /// `trainedOn`: ``ProjectSnapshot/fingerprint`` of the photos that were trained on; nil: of the present ones.
  case storeModel(TrainedModel, seconds: Double, trainedOn: String? = nil)
  /// A new photo in the test area, with the present model's answer if there is one.
  case setTest(ImportedPhoto, features: [Float], Prediction?)
  /// A new answer for the photo that already is in the test area (after a training).
  case updatePrediction(Prediction)
  case clearTest
  case setGoal(String)
  case say(ChatMessage)
  /// A message that stands for earlier ones: they stay in the file and in the log, and are shown no more.
  /// `inPlace`: it takes the place of the first of them in the conversation, instead of the end. `proposing`: as
  /// ``propose(_:with:)``.
  case revise([ChatMessage.ID], by: ChatMessage, inPlace: Bool, proposing: [Proposal.Change] = [])
  /// An assistant's message together with the changes that it suggests; they wait for the person.
  case propose([Proposal.Change], with: ChatMessage)
  /// The person agreed to a proposal: everything that it changes is one step of undo.
  case applyProposal(Proposal.ID)
  case dismissProposal(Proposal.ID)
  /// The person put a message of the active assistant aside.
  case dismissAdvice(ChatMessage.ID)
  case setActiveAssistant(on: Bool)
  /// Whether answers say that a photo is unlike everything that was taught.
  case setUnknownDetection(on: Bool)
  /// What of this project may go to the assistant on `host`.
  case grantConsent(Consent, host: String)
  case markAsDemo
  /// Both photos of each pair stay, although they are copies: the person has seen it.
  case keepCopies([PhotoPair])
  /// These photos are right where they are: the person has looked. Holds until they are moved.
  case confirmPhotos([PhotoID])
  /// Whether the model is trained again by itself after every change, once it was trained.
  case setKeepUpToDate(on: Bool)
  /// Whether training takes as many photos of each category as the smallest one has.
  case setBalance(on: Bool)
  /// "What if ...?" about one photo. A labelled end becomes a training photo of its category.
  case addCounterfactual(NewCounterfactual)
  /// With the training photos that they brought along.
  case removeCounterfactuals([CounterfactualID])
  case restoreCounterfactuals([CounterfactualID])
}

/// What an owner lets leave the computer, for one project and one host.
public enum Consent: String, Sendable, Codable {
  /// What is written in the conversation, and the names and numbers of the project.
  case words
  /// Small copies of its photos as well.
  case wordsAndPhotos
}

/// Several operations with the same group are undone and redone together: one folder of photos, one step.
public struct UndoGroup: Hashable, Sendable, Codable {
  public let rawValue: UUID
  public init() { rawValue = UUID() }
}
