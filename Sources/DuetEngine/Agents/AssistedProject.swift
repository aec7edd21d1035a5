// What the two assistants may see of a project and do to it: read the snapshot and small pictures, add
// lines to the conversation, and note what is sent. They cannot touch categories, photos or the model.
// Main actor, like the workspace behind it.

import Foundation

/// The part of a workspace that the assistants work with; a seam, so that their flow can be tested alone.
@MainActor public protocol AssistedProject: AnyObject {
  var snapshot: ProjectSnapshot { get }
  /// Durable first, then visible. The assistants perform `.say`, `.revise`, `.setGoal`, `.grantConsent` and
  /// `.setActiveAssistant` alone.
  @discardableResult
  func perform(_ operation: Operation, group: UndoGroup?) async throws -> ProjectSnapshot
  /// JPEG bytes, read off the main thread.
  func thumbnail(_ photo: PhotoID) async -> Data?
  func copy(_ photo: PhotoID) async -> Data?
  /// Writes a line into the ledger. Nothing is sent unless this succeeds.
  func record(_ request: OutgoingRequest) async throws
  /// Tries a photo that the person chose because a proposal asked for it; the proposal counts as applied then.
  func test(_ source: PhotoSource, for proposal: Proposal.ID)
  /// Shows the person why something did not work.
  func tell(_ error: any Error)
  /// What was checked about the project; nil where that is not known.
  func facts() async -> ProjectFacts?
}

extension Workspace: AssistedProject {}
