// A study's files: every event once, counts that agree with what was done, no photo that was not asked for.

import Foundation
import Testing

@testable import DuetEngine

@MainActor @Suite struct StudyExportTests {
  private let folder: TemporaryProject
  private var out: URL { folder.folder.appendingPathComponent("study") }

  init() throws { folder = try TemporaryProject() }

  /// Two categories with photos, a conversation, a test, an undo; in two sessions, one without assistants.
  private func make() async throws {
    let workspace = try await Workspace.open(folder.url, create: true, extractors: .installed)
    workspace.checksByItself = false
    workspace.note(.sessionStarted(baseline: false))
    await workspace.settle()
    func say(_ author: ChatMessage.Author, _ purpose: ChatMessage.Purpose, _ text: String, _ source: ChatMessage.Source?)
      async throws -> ChatMessage.ID
    {
      let message = ChatMessage(author: author, purpose: purpose, text: text, source: source)
      try await workspace.perform(.say(message))
      return message.id
    }
    _ = try await say(.passive, .opening, "What kind of AI?", .app)
    _ = try await say(.user, .chat, "=cmd|' /C calc'!A0", nil)
    _ = try await say(.passive, .chat, "A reply, with \"quotes\"\nand two lines", .network)
    let jpeg = try RGBImage(width: 8, height: 8, pixels: Array(repeating: 90, count: 192)).jpeg(quality: 80)
    func photo(_ number: Int) -> ImportedPhoto {
      let plain = ImportedPhoto.numbered(number)
      return ImportedPhoto(
        name: "secret-\(number).jpg", contentHash: plain.contentHash, width: 8, height: 8, copy: jpeg, thumbnail: jpeg)
    }
    for (index, name) in ["=Cats", "犬/Dogs"].enumerated() {
      let project = try await workspace.perform(.addCategory(name: name))
      let id = try #require(project.categories.last).id
      try await workspace.perform(.addPhotos((1...3).map { photo(10 * index + $0) }, to: id))
    }
    let cats = workspace.snapshot.categories[0]
    workspace.note(.askedAboutCategory(cats.id))
    await workspace.settle()
    _ = try await say(.user, .askCategory, "What about it?", nil)
    let advice = try await say(.active, .advice, "Try a lion", .coach)
    workspace.note(.adviceDismissed(advice))
    try await workspace.perform(.removePhotos([cats.photos[0].id]))
    workspace.undo()
    await workspace.settle()
    let bars = workspace.snapshot.categories.map { Prediction.Bar(category: $0.id, probability: $0.id == cats.id ? 0.8 : 0.2) }
    try await workspace.perform(
      .setTest(photo(99), features: [], Prediction(bars: bars, label: cats.id, known: true, nearest: [])))
    workspace.note(.sessionEnded)
    workspace.note(.sessionStarted(baseline: true))
    await workspace.settle()
    try await workspace.perform(.renameCategory(cats.id, to: "Lions"))
    await workspace.close()
  }

  private func export(_ choice: StudyExport.Choice = .init()) async throws -> StudyExport.Outcome {
    let store = try ProjectStore(url: folder.url, create: false)
    let outcome = try await StudyExport(store: store, choice: choice).write(to: out)
    await store.close()
    return outcome
  }

  private func read(_ name: String) throws -> String {
    // Foundation's own reading takes the mark away.
    String(decoding: try Data(contentsOf: out.appendingPathComponent(name)), as: UTF8.self)
  }

  private func lines() throws -> [[String: Any]] {
    try read("events.jsonl").split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test func everythingIsCounted() async throws {
    try await make()
    let counts = try await export().counts
    let expected = [
      "sessions": 2, "sessions_baseline": 1, "messages_to_passive": 1, "ask_category_clicks": 1, "ask_result_clicks": 0,
      "messages_of_passive": 1, "advice_of_active": 1, "advice_dismissed": 1, "trainings": 0, "tests": 1,
      "categories_added": 2, "categories_renamed": 1, "photos_added": 6, "photos_removed": 1, "undos": 1,
      "replies_from_network": 1, "replies_from_coach": 1, "replies_from_cache": 0,
    ]
    for (name, value) in expected { #expect(counts[name] == value, "\(name)") }
    let table = try read("counts.csv").dropFirst().split(separator: "\r\n")
    #expect(table.count == counts.all.count + 1 && table.contains("messages_to_passive,1"))
  }

  @Test func bothFormsHoldTheSameEvents() async throws {
    try await make()
    let outcome = try await export()
    let lines = try lines()
    #expect(lines.count == outcome.events && lines.allSatisfy { Set($0.keys) == Set(StudyEventRow.columns) })
    let table = try Self.parse(read("events.csv"))
    #expect(table.first == StudyEventRow.columns && table.count == lines.count + 1)
    #expect(table.dropFirst().map { $0[0] } == lines.compactMap { ($0["sequence"] as? Int).map(String.init) })
    #expect(table.dropFirst().map { $0[1] } == lines.compactMap { $0["time"] as? String })
    #expect(lines.map { $0["session"] as? Int }.last == 2 && lines.first?["session"] as? Int == 1)
    let times = lines.compactMap { $0["seconds"] as? Double }
    #expect(times == times.sorted() && times.first == 0)

    let test = try #require(lines.first { $0["event"] as? String == "test" })
    #expect((test["detail"] as? [String: String])?["percent"] == "80")
    #expect((test["detail"] as? [String: String])?["answer"] == "Lions", "by the name that it has now")
    let messages = lines.filter { $0["event"] as? String == "message" }
    #expect(messages.compactMap { $0["actor"] as? String } == ["app", "person", "passive", "person", "active"])
    #expect(messages[2]["text"] as? String == "A reply, with \"quotes\"\nand two lines")
  }

  @Test func noCellIsAFormula() async throws {
    try await make()
    _ = try await export(.init(sheets: true, photos: true))
    for file in ["events.csv", "counts.csv", "sheets.csv", "photos.csv", "dictionary.csv"] {
      for cell in try Self.parse(read(file)).joined() { #expect(!"=+-@".contains(cell.first ?? "x"), "\(file): \(cell)") }
    }
    let texts = try Self.parse(read("events.csv")).map { $0[12] }
    #expect(texts.contains("'=cmd|' /C calc'!A0"))
  }

  @Test func photosGoAlongOnlyWhenTheyAreAskedFor() async throws {
    try await make()
    let plain = try await export()
    #expect(plain.sheets == 2 && plain.photos == 0)
    let files = try FileManager.default.subpathsOfDirectory(atPath: out.path).sorted()
    #expect(files == [
      "README.txt", "counts.csv", "dictionary.csv", "events.csv", "events.jsonl", "sheets", "sheets.csv",
      "sheets/01-lions.jpg", "sheets/02-犬-dogs.jpg",
    ])
    for file in files where !file.hasSuffix(".jpg") && file != "sheets" {
      #expect(try !read(file).contains("secret-"), "\(file) names a photo's file")
    }
    let sheet = try PhotoDecoder.decode(Data(contentsOf: out.appendingPathComponent("sheets/01-lions.jpg")), name: "s", maxSide: nil)
    #expect(sheet.width > 300 && sheet.height > 100)

    try FileManager.default.removeItem(at: out)
    #expect(try await export(.init(sheets: false)).sheets == 0)
    #expect(try FileManager.default.subpathsOfDirectory(atPath: out.path).filter { $0.hasSuffix(".jpg") }.isEmpty)

    try FileManager.default.removeItem(at: out)
    #expect(try await export(.init(photos: true)).photos == 6)
    #expect(try Self.parse(read("photos.csv")).count == 7 && read("photos.csv").contains("secret-1.jpg"))
  }

  @Test func everyNameIsInTheDictionary() async throws {
    try await make()
    let outcome = try await export(.init(photos: true))
    let dictionary = try Self.parse(read("dictionary.csv")).dropFirst()
    func names(_ file: String) -> Set<String> { Set(dictionary.filter { $0[0] == file }.map { $0[1] }) }
    #expect(names("events") == Set(StudyEventRow.columns))
    #expect(names("counts") == Set(outcome.counts.all.map(\.name)))
    #expect(names("sheets") == Set(try Self.parse(read("sheets.csv"))[0]))
    #expect(names("photos") == Set(try Self.parse(read("photos.csv"))[0]))
    let events = Set(try lines().compactMap { $0["event"] as? String })
    #expect(events.isSubset(of: names("events: event")), "\(events.subtracting(names("events: event")))")
    #expect(dictionary.allSatisfy { $0.count == 3 && !$0[2].isEmpty })
  }

  /// Every word that the engine puts into the log, found in its sources.
  @Test func everyKindThatIsLoggedIsInTheDictionary() throws {
    let engine = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
      .appendingPathComponent("Sources/DuetEngine")
    let files = try #require(FileManager.default.enumerator(at: engine, includingPropertiesForKeys: nil))
    var kinds: Set<String> = []
    for case let file as URL in files where file.pathExtension == "swift" {
      for call in try String(contentsOf: file, encoding: .utf8).matches(of: /try log\(([^,)]*)/) {
        for word in call.output.1.matches(of: /"([^"]+)"/) { kinds.insert(String(word.output.1)) }
      }
    }
    #expect(kinds.isSuperset(of: ["say", "train", "test", "undo", "apply proposal"]), "the search finds calls")
    let message = UUID()
    let events: [StudyEvent] = [
      .sessionStarted(baseline: true), .sessionEnded, .askedAboutCategory(CategoryID(1)), .askedAboutResult,
      .adviceShown(message), .adviceDismissed(message), .showMe(message), .replyStopped, .replyRegenerated(message),
      .messageResent(message),
    ]
    let switches = [ProjectSwitch.keepUpToDate, .balance].map(\.rawValue)
    let logged = kinds.subtracting(["say"]).union(events.map(\.kind)).union(switches)
    let known = Set(StudyDictionary.events.map(\.0))
    let missing = logged.map { $0.replacing(" ", with: "_") }.filter { !known.contains($0) }
    #expect(missing.isEmpty, "StudyDictionary.events lacks \(missing.sorted())")
  }

  @Test func anExistingFolderStays() async throws {
    try await make()
    try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
    await #expect(throws: ExportError.alreadyExists(out.path)) { try await export() }
    #expect(try FileManager.default.contentsOfDirectory(atPath: out.path).isEmpty)
  }

  @Test func namesOfSheetsAreHarmless() {
    #expect(StudyExport.fileName(number: 1, "../../etc/passwd") == "01-etc-passwd.jpg")
    #expect(StudyExport.fileName(number: 12, "") == "12.jpg")
    #expect(StudyExport.fileName(number: 3, String(repeating: "x", count: 90)).count == 47)
  }

  /// Comma-separated values after RFC 4180, with the mark of UTF-8.
  private static func parse(_ text: String) throws -> [[String]] {
    try #require(text.unicodeScalars.first == "\u{FEFF}")
    var rows: [[String]] = [[""]]
    var isQuoted = false
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars.dropFirst() {
      switch scalar {
      case "\"":
        // A quote within quotes is written twice.
        if !isQuoted, previous == "\"" { rows[rows.count - 1][rows[rows.count - 1].count - 1].append("\"") }
        isQuoted.toggle()
      case "," where !isQuoted: rows[rows.count - 1].append("")
      case "\r" where !isQuoted: break
      case "\n" where !isQuoted: rows.append([""])
      default: rows[rows.count - 1][rows[rows.count - 1].count - 1].unicodeScalars.append(scalar)
      }
      previous = scalar
    }
    return rows.dropLast()
  }
}
