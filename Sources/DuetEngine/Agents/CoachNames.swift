// Names of categories that are unclear, or that say the same as another: what names alone tell. Pure functions;
// any thread.

import Foundation

enum CoachNames {
  enum Finding: Sendable, Equatable {
    case unnamed(Category)
    /// Could mean anything: "stuff", "1".
    case vague(Category)
    /// Two with one name.
    case same(Category)
    /// A singular and its plural.
    case alike(Category, Category)
    /// Everything in `narrow` would also fit `wide`: "red apple", "apple".
    case within(narrow: Category, wide: Category)
    /// Says what its photos are not.
    case negative(Category)
  }

  /// Worst first: what makes two answers one, what says nothing, what says only what it is not.
  static func findings(_ categories: [Category]) -> [Finding] {
    let names = categories.map { NormalisedText($0.name).text }
    var overlaps: [Finding] = []
    for (i, first) in names.enumerated() where !first.isEmpty {
      for (j, second) in names.enumerated() where j > i && !second.isEmpty {
        if let finding = overlap(categories[i], first, categories[j], second) { overlaps.append(finding) }
      }
    }
    let unnamed = zip(categories, names).filter { $1.isEmpty }.prefix(1).map { Finding.unnamed($0.0) }
    let vague = zip(categories, names).filter { isVague($1) }.map { Finding.vague($0.0) }
    let negative = categories.count < 2 ? [] : zip(categories, names).filter { isNegative($1) }
      .map { Finding.negative($0.0) }
    return overlaps + unnamed + vague + negative
  }

  private static func overlap(_ a: Category, _ x: String, _ b: Category, _ y: String) -> Finding? {
    if x == y { return .same(a) }
    if stem(x) == stem(y) { return .alike(a, b) }
    // "Not edible" is no kind of "edible", but its opposite.
    guard isNegative(x) == isNegative(y) else { return nil }
    if isPart(x, of: y) { return .within(narrow: b, wide: a) }
    if isPart(y, of: x) { return .within(narrow: a, wide: b) }
    return nil
  }

  /// "apple" of "red apple" and "犬" of "白い犬": what is described comes last.
  private static func isPart(_ name: String, of longer: String) -> Bool {
    guard longer.count > name.count else { return false }
    let hasSpaces = name.allSatisfy { $0.isASCII || $0.isWhitespace }
    return longer.hasSuffix(hasSpaces ? " " + name : name) && (hasSpaces || longer.contains(where: isHiragana))
  }

  private static func isHiragana(_ character: Character) -> Bool {
    character.unicodeScalars.allSatisfy { (0x3041...0x309F).contains($0.value) }
  }

  private static func stem(_ name: String) -> String {
    name.split(separator: " ").map { $0.count > 3 && $0.hasSuffix("s") ? $0.dropLast() : $0 }.joined(separator: " ")
  }

  static func isNegative(_ name: String) -> Bool {
    let words = name.split(separator: " ").map(String.init)
    return ["not", "no", "non", "without"].contains(words.first ?? "")
      || ["inedible", "nonedible"].contains(name)
      || ["ない", "ないもの", "以外"].contains { name.hasSuffix($0) }
  }

  static func isVague(_ name: String) -> Bool {
    guard !name.isEmpty else { return false }
    if vague.contains(name) || name.allSatisfy({ $0.isNumber || $0.isWhitespace }) { return true }
    if name.count == 1 { return name.allSatisfy(\.isASCII) }
    let words = name.split(separator: " ")
    return words.count == 2 && ["category", "group", "type", "class"].contains(words[0])
  }

  private static let vague: Set<String> = [
    "other", "others", "misc", "stuff", "thing", "things", "rest", "various", "test", "new", "category",
    "photos", "photo",
    "pictures", "images", "something", "everything", "その他", "ほか", "他", "いろいろ", "色々", "テスト", "もの", "写真",
    "カテゴリー", "なにか", "何か", "全部",
  ]
}
