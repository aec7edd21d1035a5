// `duet check`: the keys that scripts rely on, and a project that stays as it is.

import Foundation
import Testing

@testable import DuetCLI
@testable import DuetEngine

@Suite struct CheckCommandTests {
  @Test func theReportHasItsKeysAndTheProjectItsBytes() async throws {
    let project = try TemporaryProject()
    let store = try project.store()
    let first = try #require(try await store.perform(.addCategory(name: "Cat")).snapshot.categories.last?.id)
    let second = try #require(try await store.perform(.addCategory(name: "Dog")).snapshot.categories.last?.id)
    _ = try await store.perform(.addPhotos([.numbered(1), .numbered(2)], to: first))
    _ = try await store.perform(.addPhotos([.numbered(1)], to: second))
    await store.close()
    let before = try Data(contentsOf: project.url)

    let run = await CommandLineTests.run("check", project.url.path, "--json")
    #expect(run.code == .done && run.errors.isEmpty)
    let json = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(Set(json.keys) == [
      "categories", "confusions", "counts", "duplicates", "imbalance", "score", "suspects", "test",
    ])
    #expect(json["counts"] as? [String: Int] == ["Cat": 2, "Dog": 1])
    let duplicates = try #require(json["duplicates"] as? [[String: Any]])
    #expect(duplicates.count == 1 && duplicates[0]["kind"] as? String == "exact")
    #expect(duplicates[0]["original_category"] as? String == "Cat" && duplicates[0]["copy_category"] as? String == "Dog")
    #expect((duplicates[0]["copy"] as? [String: Any])?["image"] as? String == "photo1.jpg")
    let score = try #require(json["score"] as? [String: Any])
    #expect(score["accuracy"] is NSNull && (score["sentence"] as? String)?.isEmpty == false)
    #expect(try Data(contentsOf: project.url) == before)

    let text = await CommandLineTests.run("check", project.url.path)
    #expect(text.output.contains("“photo1.jpg” is the same picture as “photo1.jpg”, which is in another category."))
    #expect(text.output.contains("There is no fair score yet"))
  }
}
