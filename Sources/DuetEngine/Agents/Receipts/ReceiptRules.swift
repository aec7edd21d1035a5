// One clause against the facts: numbers of photos and of categories; what is said of results is in
// ReceiptRules+Results.swift. A value; any thread. Which sentences count as claims is stated in Receipts.swift.

import Foundation

struct ReceiptRules {
  let facts: ProjectFacts
  let recentTests: [AssistantTurn.Tested]
  let clause: ReceiptSentence.Clause

  var tokens: ArraySlice<ReceiptToken> { clause.tokens }

  func countsAndPercentages() -> [Claim] {
    var claims = emptiness()
    guard clause.isStatement else { return claims }
    for index in tokens.indices {
      guard let number = tokens[index].number else { continue }
      let unit = word(index + 1) ?? ""
      let found: Claim? =
        if ReceiptWords.photos.contains(unit) { outOf(number, index) ?? photos(number, index) }
        else if ReceiptWords.percent.contains(unit) { percentage(number, index) }
        else { outOf(number, index) ?? categories(number, index) }
      if let found { claims.append(found) }
    }
    return claims
  }

  // MARK: Photos

  private func photos(_ number: Double, _ index: Int) -> Claim? {
    // "3 photos of “Cats” were taken for “Dogs”" does not say how many there are.
    guard !speaksOfMistaking else { return nil }
    switch subject(of: index, unit: index + 1) {
    case .category(let id, let place):
      guard let count = facts.counts.first(where: { $0.category == id }) else { return nil }
      let range = span(index, index + 1, place)
      if number == Double(count.photos.count) || number == Double(count.different) {
        return confirmed(range, .photos(count.photos))
      }
      return saysHowMany(index, place) ? contradicted(range, sentence(count), .category(id)) : nil
    case .total(let isCertain):
      let all = facts.counts.flatMap(\.photos)
      let range = span(index, index + 1, index)
      if number == Double(all.count) { return confirmed(range, .photos(all)) }
      return isCertain
        ? contradicted(
          range, LN("The project has {count} photo.", "The project has {count} photos.", all.count), nil) : nil
    case nil: return nil
    }
  }

  /// Whether the clause says how many photos there are, not that some of them are special: "has 2 photos." does,
  /// "has 2 photos that look odd", "2 photos in “Cats” are dark" and 「猫」の2枚は do not.
  private func saysHowMany(_ index: Int, _ category: Int) -> Bool {
    let last = max(index + 1, category)
    guard last + 1 >= tokens.endIndex || ReceiptWords.afterCounts.contains(word(last + 1) ?? "") else { return false }
    if category < index {
      return tokens[category..<index].contains { ReceiptWords.counting.contains($0.word ?? "") }
    }
    var place = index - 1
    while ["only", "just", "now", "already"].contains(word(place) ?? "") { place -= 1 }
    return ["are", "is", "has", "have"].contains(word(place) ?? "")
  }

  /// "“Cats” has no photos", "“Cats” is empty": a statement in spite of its "no".
  private func emptiness() -> [Claim] {
    var claims: [Claim] = []
    for index in tokens.indices {
      guard let id = tokens[index].category, let count = facts.counts.first(where: { $0.category == id })
      else { continue }
      var next = index + 1
      while let link = word(next), ["category", "still", "now", "に", "には", "は", "まだ", "が", "写真", "今"].contains(link) {
        next += 1
      }
      let hasNone = word(next) == "has" && word(next + 1) == "no" && ReceiptWords.photos.contains(word(next + 2) ?? "")
      let isEmpty = word(next) == "is" && [word(next + 1), word(next + 2)].contains("empty")
        && (word(next + 1) == "empty" || word(next + 1) == "still")
      let isJapanese = ["ありません", "空"].contains(word(next) ?? "") && next > index + 1
      guard hasNone || isEmpty || isJapanese else { continue }
      let range = span(index, hasNone ? next + 2 : isEmpty ? next + 1 : next, index)
      claims.append(
        count.photos.isEmpty ? confirmed(range, .category(id)) : contradicted(range, sentence(count), .category(id)))
    }
    return claims
  }

  private enum Subject {
    case category(CategoryID, place: Int)
    /// `isCertain`: the words say that everything is meant.
    case total(isCertain: Bool)
  }

  /// What the number at `index` counts, by the words beside it.
  private func subject(of index: Int, unit: Int) -> Subject? {
    if let next = word(unit + 1), ["of", "in", "for", "inside"].contains(next), !(next == "in" && isTotal(unit + 2)) {
      var place = unit + 2
      while let link = word(place), ["the", "your", "category"].contains(link) { place += 1 }
      guard let id = category(place), !isListed(after: place) else { return nil }
      return .category(id, place: place)
    }
    if let place = categoryBefore(index), let id = category(place) { return .category(id, place: place) }
    if isTotal(unit + 1) || (word(unit + 1) == "in" && isTotal(unit + 2)) || isTotal(index - 1) {
      return tokens.contains { $0.category != nil } ? nil : .total(isCertain: true)
    }
    guard !tokens.contains(where: { $0.category != nil }) else { return nil }
    let before = (word(index - 2) ?? "", word(index - 1) ?? "")
    if before == ("project", "has") { return .total(isCertain: true) }
    return ["has", "have"].contains(before.1) ? .total(isCertain: false) : nil
  }

  private func isTotal(_ index: Int) -> Bool { ReceiptWords.total.contains(word(index) ?? "") }

  /// The nearest category in front of `index` with nothing but linking words between; nil where it is one of several.
  func categoryBefore(_ index: Int) -> Int? {
    var place = index - 1
    while place >= tokens.startIndex, index - place <= 8 {
      if category(place) != nil { return isListed(before: place) ? nil : place }
      switch tokens[place].kind {
      case .word(let word) where ReceiptWords.links.contains(word): place -= 1
      case .photo: place -= 1
      default: return nil
      }
    }
    return nil
  }

  /// "Cats and Dogs": the category at `place` follows another one.
  private func isListed(before place: Int) -> Bool {
    let all = clause.all
    guard place >= 2, all[place - 2].category != nil else { return false }
    if case .clauseEnd(joins: true) = all[place - 1].kind { return true }
    return ["と", "や", "・", "or", "/", "&"].contains(all[place - 1].word ?? "")
  }

  func isListed(after place: Int) -> Bool {
    let all = clause.all
    guard place + 2 < all.count else { return false }
    let isJoined: Bool
    if case .clauseEnd(joins: true) = all[place + 1].kind { isJoined = true } else {
      isJoined = ["と", "や", "・", "or", "/", "&"].contains(all[place + 1].word ?? "")
    }
    // "3 photos in Cats and 5 in Dogs" goes on with a number, "in Cats and Dogs" with a name.
    return isJoined && all[place + 2].category != nil
  }

  // MARK: Categories

  private func categories(_ number: Double, _ index: Int) -> Claim? {
    let count = facts.categories.count
    var end = index
    var isCertain = false
    if ReceiptWords.categories.contains(word(index + 1) ?? "") {
      end = index + 1
      var place = index - 1
      while ["only", "just", "now", "already"].contains(word(place) ?? "") { place -= 1 }
      let before = [word(place - 1), word(place)]
      isCertain = before == ["you", "have"] || before == ["project", "has"] || before == ["there", "are"]
        || before == ["youve", "got"]
      let behind = word(end + 1) ?? ""
      if ["with", "that", "which", "where", "of", "in", "left", "to"].contains(behind) { isCertain = false }
    } else if ReceiptWords.counters.contains(word(index + 1) ?? "") {
      end = index + 1
      if word(index + 2) == "の", ReceiptWords.categories.contains(word(index + 3) ?? "") {
        end = index + 3
        isCertain = word(index + 4) == "が" && word(index + 5) == "あります"
      } else {
        var place = index - 1
        while ["は", "が", "今", "現在", "まだ", "全部で", "も", "合計"].contains(word(place) ?? "") { place -= 1 }
        guard place < index - 1, ReceiptWords.categories.contains(word(place) ?? ""), !isQuoted(place - 1) else {
          return nil
        }
        isCertain = true
      }
    } else {
      return nil
    }
    let range = span(index, end, index)
    if number == Double(count) { return confirmed(range, nil) }
    return isCertain
      ? contradicted(
        range, LN("The project has {count} category.", "The project has {count} categories.", count), nil) : nil
  }

  private func isQuoted(_ index: Int) -> Bool {
    guard tokens.indices.contains(index) else { return false }
    switch tokens[index].kind {
    case .quote, .category: return true
    default: return false
    }
  }

  // MARK: Names that are not there

  func missing() -> [Claim] {
    guard clause.isStatement else { return [] }
    return tokens.indices.compactMap { index in
      switch tokens[index].kind {
      case .missingPhoto(let name):
        return contradicted(
          span(index, index, index), L("There is no photo “{name}” in this project.", ["name": name]), nil)
      case .quote(let name) where isCalledCategory(index):
        return contradicted(
          span(index, index, index), L("There is no category “{name}” in this project.", ["name": name]), nil)
      default: return nil
      }
    }
  }

  /// "your category “X”", "your “X” category", あなたの「X」カテゴリー.
  private func isCalledCategory(_ index: Int) -> Bool {
    let (before, behind) = (word(index - 1) ?? "", word(index + 1) ?? "")
    if before == "category" { return word(index - 2) == "your" }
    if before == "your" { return behind == "category" }
    return before == "の" && word(index - 2) == "た" && ReceiptWords.categories.contains(behind)
  }

  // MARK: Pieces

  func word(_ index: Int) -> String? { tokens.indices.contains(index) ? tokens[index].word : nil }
  func number(_ index: Int) -> Double? { tokens.indices.contains(index) ? tokens[index].number : nil }
  func category(_ index: Int) -> CategoryID? { tokens.indices.contains(index) ? tokens[index].category : nil }
  func hasWord(_ word: String) -> Bool { tokens.contains { $0.word == word } }

  func span(_ places: Int...) -> Range<Int> {
    let pieces = places.filter { clause.all.indices.contains($0) }.map { clause.all[$0] }
    return (pieces.map(\.lower).min() ?? 0)..<(pieces.map(\.upper).max() ?? 0)
  }

  func sentence(_ count: CategoryCount) -> String {
    LN(
      "“{name}” has {count} photo.", "“{name}” has {count} photos.", count.photos.count,
      ["name": facts.name(of: count.category)])
  }

  func confirmed(_ range: Range<Int>, _ shows: Highlight?) -> Claim {
    Claim(lower: range.lowerBound, upper: range.upperBound, verdict: .confirmed, shows: shows)
  }

  func contradicted(_ range: Range<Int>, _ fact: String, _ shows: Highlight?) -> Claim {
    Claim(lower: range.lowerBound, upper: range.upperBound, verdict: .contradicted(fact), shows: shows)
  }
}
