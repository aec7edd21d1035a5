// What an open project writes down: requests before they are sent, and what a study counts. Main actor.

import Foundation

extension Workspace {
  /// Writes a request down. Nothing may be sent unless this succeeds, and then not before.
  ///
  /// - Throws: ``ProjectError``.
  public func record(_ request: OutgoingRequest) async throws {
    show(try await store.record(request))
  }

  /// Every request of this project so far, oldest first, with the photos that it showed. Empty where the file
  /// cannot be read, which a notice then says.
  public func ledger() async -> [LedgerEntry] {
    do { return try await store.ledger() } catch {
      tell(error)
      return []
    }
  }

  /// Puts `event` into the study log, after everything that was asked for before. Never undone, and nothing that
  /// the active assistant would look at.
  public func note(_ event: StudyEvent) {
    operations.add { [weak self] in
      do { try await self?.store.note(event) } catch { self?.tell(error) }
    }
  }

  /// As ``note(_:)``, and returns once it is in the file: for what must come before everything that follows.
  public func noted(_ event: StudyEvent) async {
    do { try await store.note(event) } catch { tell(error) }
  }

  /// What the assistants may refer to: everything that is known without training anew, so that a question is not
  /// held up; the score only if it belongs to the present photos. Nil where the file cannot be read.
  public func facts() async -> ProjectFacts? {
    try? await ProjectCheck(store: store, finder: finder).run(makesScore: false)
  }
}
