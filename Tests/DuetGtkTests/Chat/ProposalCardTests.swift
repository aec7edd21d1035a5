// Proposals as cards below their message: preview, Apply, Dismiss, and what becomes of them.

import CGtk
import CGtkShim
import DuetEngine
import XCTest

@testable import DuetGtk

final class ProposalCardTests: XCTestCase {
  func testApplyMakesTheChangeAsOneStepOfUndoAndTheCardSaysSo() throws {
    try withProposals([.createCategory(name: "Mushrooms")]) { chat, fixture, cards in
      XCTAssertTrue(cards()[0].root.texts.contains("Add a category “Mushrooms”"))
      XCTAssertEqual(fixture.workspace.snapshot.categories.map(\.name), ["Red"], "nothing happens by itself")
      cards()[0].apply.click()
      turnLoop(for: "the category") { fixture.workspace.snapshot.categories.map(\.name) == ["Red", "Mushrooms"] }
      turnLoop(for: "the card to say so") { cards()[0].root.texts.contains("Applied") }
      XCTAssertFalse(cards()[0].root.texts.contains("Apply"))
      fixture.workspace.undo()
      turnLoop(for: "everything as before") { fixture.workspace.snapshot.categories.map(\.name) == ["Red"] }
      turnLoop(for: "the card to wait again") { cards()[0].root.texts.contains("Apply") }
    }
  }

  func testDismissChangesNothing() throws {
    try withProposals([.createCategory(name: "Mushrooms")]) { chat, fixture, cards in
      cards()[0].dismiss.click()
      turnLoop(for: "the card to say so") { cards()[0].root.texts.contains("Dismissed") }
      XCTAssertEqual(fixture.workspace.snapshot.categories.map(\.name), ["Red"])
    }
  }

  func testACardShowsThePhotosThatItIsAbout() throws {
    try withProposals(photos: 7, { [.splitCategory($0.id, photos: $0.photos.prefix(6).map(\.id), newName: "Dark")] }) {
      _, fixture, cards in
      XCTAssertTrue(cards()[0].root.texts.contains("6 photos will move"))
      XCTAssertTrue(cards()[0].root.texts.contains("+2"))
      let pictures = cards()[0].root.all(gtk_image_get_type())
      XCTAssertEqual(pictures.filter { gtk_widget_get_mapped($0.widget) != 0 }.count, 4)
    }
  }

  func testWhatCannotBeDoneAnyMoreSaysWhy() throws {
    try withProposals({ [.renameCategory($0.id, to: "Tomatoes")] }) { chat, fixture, cards in
      let category = try XCTUnwrap(fixture.workspace.snapshot.categories.first)
      fixture.workspace.do(.removeCategory(category.id))
      turnLoop(for: "the reason") {
        cards()[0].root.texts.contains("A category it speaks of is not there any more.")
      }
      XCTAssertFalse(cards()[0].root.texts.contains("Apply"))
    }
  }

  func testManyProposalsShowTheFirstFew() throws {
    try withProposals((1...9).map { .createCategory(name: "Category \($0)x") }) { chat, fixture, cards in
      XCTAssertEqual(cards().count, ProposalStack.openingCount)
      let row = try XCTUnwrap(fixture.workspace.snapshot.messages.last.flatMap { chat.conversation.row($0.id) })
      try XCTUnwrap(row.root.button("Show 6 more proposals")).click()
      XCTAssertEqual(cards().count, 9)
      XCTAssertFalse(row.proposals.more.isVisible)
    }
  }

  func testNamesThatAModelMadeUpArePlainText() throws {
    let name = "<b>x</b> & <a href=\"y\">z</a>"
    try withProposals([.createCategory(name: name)]) { _, _, cards in
      XCTAssertTrue(cards()[0].root.texts.contains("Add a category “\(name)”"))
    }
  }

  func testShowMeSetsTheHighlight() throws {
    try inWindow {
      let fixture = try WindowFixture()
      let chat = try XCTUnwrap(fixture.window.project?.chat)
      let category = try addCategory("Red", photos: 0, to: fixture)
      var extras = MessageExtras()
      extras.claims = [Claim(lower: 0, upper: 3, verdict: .confirmed, shows: .category(category.id))]
      let message = ChatMessage(
        author: .passive, purpose: .chat, text: "Red is here.", source: .network,
        extras: extras)
      fixture.workspace.do(.say(message))
      turnLoop(for: "the message") { chat.conversation.row(message.id) != nil }
      try XCTUnwrap(chat.conversation.row(message.id)?.claims.lines.first).click()
      XCTAssertEqual(fixture.workspace.highlight, .category(category.id))
      try fixture.close()
    }
  }
}

private func withProposals(
  _ changes: [Proposal.Change],
  _ body: @MainActor (ChatPanel, WindowFixture, @MainActor () -> [ProposalCard]) throws -> Void
) throws {
  try withProposals({ _ in changes }, body)
}

/// A project with the category “Red” and a message that carries proposals, whose cards are on the screen.
private func withProposals(
  photos: Int = 0, _ changes: @MainActor (DuetEngine.Category) -> [Proposal.Change],
  _ body: @MainActor (ChatPanel, WindowFixture, @MainActor () -> [ProposalCard]) throws -> Void
) throws {
  try inWindow {
    let fixture = try WindowFixture()
    let chat = try XCTUnwrap(fixture.window.project?.chat)
    let category = try addCategory("Red", photos: photos, to: fixture)
    let message = ChatMessage(author: .passive, purpose: .chat, text: "I have an idea.", source: .network)
    fixture.workspace.do(.propose(changes(category), with: message))
    let cards: @MainActor () -> [ProposalCard] = {
      chat.conversation.row(message.id)?.proposals.cards.map(\.card) ?? []
    }
    turnLoop(for: "the cards") { cards().first.map { gtk_widget_get_mapped($0.root.widget) != 0 } == true }
    try body(chat, fixture, cards)
    try fixture.close()
  }
}

@MainActor private func addCategory(
  _ name: String, photos: Int, to fixture: WindowFixture
) throws -> DuetEngine.Category {
  let workspace = fixture.workspace
  let category = try turningLoop(for: "a category") {
    try await workspace.perform(.addCategory(name: name)).categories.last
  }
  let added = try XCTUnwrap(category)
  guard photos > 0 else { return added }
  let files = try (0..<photos).map { number in
    let file = fixture.folder.appendingPathComponent("\(number).png")
    try XCTUnwrap(ProjectInWindow.texture(number, channel: 0).pngData()).write(to: file)
    return PhotoSource.file(file)
  }
  workspace.importPhotos(files, into: added.id)
  turnLoop(for: "the photos") { workspace.snapshot.photoCount == photos }
  return try XCTUnwrap(workspace.snapshot.category(added.id))
}
