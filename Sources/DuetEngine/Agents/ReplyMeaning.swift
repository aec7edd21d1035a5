// What a request means, for finding an earlier reply to the same. A value; any thread.
//
// The rule. A saved reply is for the same situation where all of this holds:
// - the same assistant was asked in the same way (chat, category, result, look), in the same language, and under
//   the same policy of hints;
// - the categories have exactly the same names, in any order, and of each category's photos at least nine of ten
//   are the same ones (compared by content; the order does not count);
// - the category that was asked about is the same one; the test photo is the same one, and every bar is within
//   two per cent;
// - the words of the person, and the goal of the project, ask the same (`Wording`), and the same pictures came along.
// Of several such replies the one with the fewest differences is taken, then the latest, then the smallest key.
// Times, file names, the model's name and the wording of prompts do not count: a reply that was saved with a network
// is found where none is configured.

import CGdkPixbuf
import Foundation

public struct ReplyMeaning: Sendable, Equatable, Codable {
  struct Group: Sendable, Equatable, Codable {
    /// As the user wrote it: two names are never taken for one.
    var name: String
    var count: Int
    /// The smallest beginnings of its photos' content hashes, sorted: of up to ``sketchSize`` photos all of them,
    /// of more a fair sample.
    var photos: [String]

    init(_ category: Category) {
      name = category.name
      let hashes = Set(category.photos.map { String($0.contentHash.prefix(ReplyMeaning.hashLength)) }).sorted()
      count = hashes.count
      photos = Array(hashes.prefix(ReplyMeaning.sketchSize))
    }

    /// How many photos differ; nil: too many, or another name.
    func difference(from other: Group) -> Int? {
      guard name == other.name else { return nil }
      var union = Set(photos).union(other.photos)
      // Of a list that was cut only the smallest hashes are known: those of both together are a fair sample.
      if max(count, other.count) > ReplyMeaning.sketchSize {
        union = Set(union.sorted().prefix(ReplyMeaning.sketchSize))
      }
      let shared = union.intersection(photos).intersection(other.photos).count
      let gap = abs(count - other.count)
      guard shared * 10 >= union.count * 9, gap * 10 <= max(count, other.count) else { return nil }
      return max(union.count - shared, gap)
    }
  }

  /// The photo in question and its answer in whole per cent, by category.
  struct Result: Sendable, Equatable, Codable {
    var photo: String
    var known: Bool
    var percent: [String: Int]

    func difference(from other: Result) -> Int? {
      guard photo == other.photo, known == other.known, Set(percent.keys) == Set(other.percent.keys) else { return nil }
      let gaps = percent.map { abs($0.value - (other.percent[$0.key] ?? 0)) }
      guard gaps.allSatisfy({ $0 <= ReplyMeaning.percentSlack }) else { return nil }
      return gaps.reduce(0, +)
    }
  }

  /// Hexadecimal digits of a content hash that are kept: 64 bits.
  static let hashLength = 16
  static let sketchSize = 64
  static let percentSlack = 2

  let role: String
  let prompt: String
  let hintsOnly: Bool
  /// By name, then by photos.
  let categories: [Group]
  let asked: Group?
  let result: Result?
  /// The user's words of this turn, normalised; for a look, the last ones.
  let said: String
  let goal: String
  /// Beginnings of the content hashes of the pictures that came with the words, in order.
  let attached: [String]
  let language: String

  public init(_ turn: AssistantTurn) {
    let project = turn.project
    role = turn.author.rawValue
    prompt = turn.prompt.rawValue
    hintsOnly = turn.hintsOnly
    categories = project.categories.map(Group.init).sorted {
      $0.name != $1.name ? $0.name < $1.name : $0.photos.lexicographicallyPrecedes($1.photos)
    }
    if case .askCategory(let id) = turn.kind { asked = project.category(id).map(Group.init) } else { asked = nil }
    let talksOfResult = turn.kind == .askResult || turn.kind == .look
    result = project.test.flatMap { test in
      guard talksOfResult, let prediction = test.prediction else { return nil }
      var percent: [String: Int] = [:]
      for bar in prediction.bars {
        let name = project.category(bar.category)?.name ?? ""
        percent[name] = Int((bar.probability * 100).rounded())
      }
      return Result(photo: test.contentHash, known: prediction.known, percent: percent)
    }
    switch turn.kind {
    case .chat(let text): said = NormalisedText(text).text
    case .look: said = NormalisedText(project.messages.last { $0.author == .user }?.text ?? "").text
    case .askCategory, .askResult: said = ""
    }
    goal = NormalisedText(project.goal ?? "").text
    attached = turn.attached.map { String(PhotoImporter.contentHash($0.jpeg).prefix(Self.hashLength)) }
    language = turn.language
  }

  /// How many small things differ, 0 for the same meaning; nil: another situation.
  func difference(from other: ReplyMeaning) -> Int? {
    guard role == other.role, prompt == other.prompt, hintsOnly == other.hintsOnly, language == other.language,
      attached == other.attached, categories.count == other.categories.count
    else { return nil }
    var sum = 0
    for (own, theirs) in zip(categories, other.categories) {
      guard let difference = own.difference(from: theirs) else { return nil }
      sum += difference
    }
    switch (asked, other.asked) {
    case (nil, nil): break
    case (let own?, let theirs?):
      guard own.difference(from: theirs) != nil else { return nil }
    default: return nil
    }
    switch (result, other.result) {
    case (nil, nil): break
    case (let own?, let theirs?):
      guard let difference = own.difference(from: theirs) else { return nil }
      sum += difference
    default: return nil
    }
    let names = categories.map(\.name)
    for (own, theirs) in [(said, other.said), (goal, other.goal)] {
      guard let difference = Wording(own, names: names).difference(from: Wording(theirs, names: names)) else {
        return nil
      }
      sum += difference
    }
    return sum
  }

  /// SHA-256 of the meaning in hex. Every field is named and quoted (JSON with sorted keys), so no two
  /// different meanings can run into each other.
  public var key: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    guard let data = try? encoder.encode(self) else { return "" }
    return Self.sha256(data)
  }

  static func sha256(_ data: Data) -> String {
    data.withUnsafeBytes { bytes in
      guard
        let hex = g_compute_checksum_for_data(
          G_CHECKSUM_SHA256, bytes.bindMemory(to: UInt8.self).baseAddress, gsize(bytes.count))
      else { return "" }
      defer { g_free(hex) }
      return String(cString: hex)
    }
  }
}
