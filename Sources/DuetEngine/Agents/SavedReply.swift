// One reply with the situation it was given in, and the check that a stranger's one has to pass. A value; any thread.

import Foundation

public struct SavedReply: Sendable, Equatable, Codable {
  public let meaning: ReplyMeaning
  /// As it is shown.
  public let reply: String
  /// The language model that said it, for the list alone.
  public let model: String?
  public let date: Date

  public init(meaning: ReplyMeaning, reply: String, model: String?, date: Date) {
    self.meaning = meaning
    self.reply = ReplyText.cleaned(reply)
    self.model = model
    self.date = date
  }

  /// What was asked, as far as words go: the person's, or the name of the category.
  public var question: String { meaning.asked?.name ?? meaning.said }
  public var kind: String { meaning.prompt }
  public var language: String { meaning.language }
  public var categories: [String] { meaning.categories.map(\.name) }

  /// The reply with its text cleaned, if everything in it is something that this app could have written.
  ///
  /// - Throws: ``ReplyTransferError/notPlausible(_:)`` with the name of the first part that is not.
  func checked() throws(ReplyTransferError) -> SavedReply {
    func demand(_ isRight: Bool, _ part: String) throws(ReplyTransferError) {
      if !isRight { throw .notPlausible(part) }
    }
    let m = meaning
    try demand(["passive", "active"].contains(m.role), "role")
    try demand(PromptName(rawValue: m.prompt) != nil, "prompt")
    let isLanguage = m.language.utf8.count <= 16
      && m.language.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }
    try demand(isLanguage, "language")
    try demand(m.categories.count <= Category.limit && m.categories.allSatisfy(Self.isPlausible), "categories")
    try demand(m.asked.map { m.categories.contains($0) } ?? true, "asked")
    if let result = m.result {
      try demand(Self.isHash(result.photo, 64), "result")
      try demand(
        result.percent.count <= Category.limit && result.percent.allSatisfy { (0...100).contains($0.value) },
        "result")
    }
    try demand(
      m.attached.count <= AttachedPicture.limit && m.attached.allSatisfy { Self.isHash($0, ReplyMeaning.hashLength) },
      "attached")
    // Words are compared in their normal form; another one would never be found, or be found wrongly.
    for (text, part) in [(m.said, "said"), (m.goal, "goal")] {
      try demand(text.count <= 4_000 && NormalisedText(text).text == text, part)
    }
    try demand((model ?? "").count <= 200, "model")
    try demand(date.timeIntervalSince1970.isFinite && date.timeIntervalSince1970 >= 0, "date")
    let clean = SavedReply(meaning: meaning, reply: reply, model: model, date: date)
    try demand(!clean.reply.isEmpty, "reply")
    return clean
  }

  private static func isPlausible(_ group: ReplyMeaning.Group) -> Bool {
    group.name.unicodeScalars.count <= Category.nameLimit && group.photos.count <= ReplyMeaning.sketchSize
      && group.photos.count == min(group.count, ReplyMeaning.sketchSize) && group.count < 1_000_000
      && group.photos.allSatisfy { isHash($0, ReplyMeaning.hashLength) } && group.photos == Set(group.photos).sorted()
  }

  private static func isHash(_ text: String, _ length: Int) -> Bool {
    text.utf8.count == length && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
