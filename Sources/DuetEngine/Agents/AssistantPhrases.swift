// What the app itself puts into the conversation, in the language of the assistants. A value; any thread.
// Not in the translation catalogues, because that language is a setting of its own.

import Foundation

struct AssistantPhrases: Sendable {
  private let ja: Bool

  init(language: String) { ja = language.lowercased().hasPrefix("ja") }

  var opening: String {
    ja ? "どんなAIを作ってみたいですか？" : "What kind of AI would you like to create?"
  }
  func askCategory(_ name: String) -> String {
    if name.isEmpty { return ja ? "このカテゴリーをどう思いますか？" : "What do you think of this category?" }
    return ja ? "カテゴリー「\(name)」をどう思いますか？" : "What do you think of the category “\(name)”?"
  }
  func askResult(_ photo: String?) -> String {
    guard let photo else { return ja ? "この結果をどう思いますか？" : "What do you think of this result?" }
    return ja ? "「\(photo)」の結果をどう思いますか？" : "What do you think of the result for “\(photo)”?"
  }
}

/// The language that someone writes in, where the letters alone tell.
enum WrittenLanguage {
  /// "ja" for a text with kana, "en" for one with several Latin words and nothing else; nil where it is open.
  static func of(_ text: String) -> String? {
    let scalars = text.unicodeScalars
    if scalars.contains(where: { (0x3041...0x30FF).contains($0.value) }) { return "ja" }
    guard scalars.allSatisfy(\.isASCII) else { return nil }
    return text.split(whereSeparator: \.isWhitespace).count >= 3 ? "en" : nil
  }
}
