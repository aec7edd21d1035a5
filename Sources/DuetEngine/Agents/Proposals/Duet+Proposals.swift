// What the person answers to proposals and advice. Main actor. Nothing here runs by itself: only the window calls it.

import Foundation

extension Duet {
  /// Makes the proposed change, as one step of undo. Where it cannot be made any more, the card says why.
  ///
  /// - Parameter testPhoto: for ``Proposal/Change/addTest(description:)``: the photo that the person chose; the
  ///   proposal counts as applied once it is in the test area. Without one such a proposal waits on.
  public func applyProposal(_ id: Proposal.ID, testPhoto: PhotoSource? = nil) {
    guard let proposal = project.snapshot.proposals.first(where: { $0.id == id }) else { return }
    if case .addTest = proposal.change {
      if let testPhoto { project.test(testPhoto, for: id) }
      return
    }
    decide(.applyProposal(id))
  }

  public func dismissProposal(_ id: Proposal.ID) { decide(.dismissProposal(id)) }

  /// The person does not want to read this advice; after two of these the active assistant is quiet for a while.
  public func dismissAdvice(_ id: ChatMessage.ID) { decide(.dismissAdvice(id)) }

  private func decide(_ operation: Operation) {
    store { [weak self] in
      guard let project = self?.project else { return }
      do { try await project.perform(operation, group: nil) } catch { project.tell(error) }
    }
  }
}
