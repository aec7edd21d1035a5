// One clause against the results: percentages of bars, shares, the score, and which categories are taken for which.
// A value; any thread. Which sentences count as claims is stated at the top of Receipts.swift.

import Foundation

extension ReceiptRules {
  // MARK: Percentages

  func percentage(_ number: Double, _ index: Int) -> Claim? {
    let unit = index + 1
    if word(unit + 1) == "of" || word(index - 1) == "の" && word(index - 2) == "全体" || hasWord("全体") {
      return share(number, index)
    }
    if hasWord("accuracy") || hasWord("正解率") || hasWord("精度") { return score(number, index) }
    guard let prediction = facts.test?.prediction else { return nil }
    let places = [categoryBefore(index), categoryBehind(unit)].compactMap { $0 }
    var candidates: [(bar: Prediction.Bar, place: Int)] = []
    for place in places {
      if let bar = prediction.bars.first(where: { $0.category == category(place) }) { candidates.append((bar, place)) }
    }
    if let hit = candidates.first(where: { agrees(number, $0.bar) }) {
      return confirmed(span(index, unit, hit.place), .bar(hit.bar.category))
    }
    if candidates.isEmpty {
      guard places.isEmpty, let label = prediction.bars.first(where: { $0.category == prediction.label }),
        agrees(number, label), !tokens.contains(where: { $0.category != nil })
      else { return nil }
      return confirmed(span(index, unit, index), .bar(label.category))
    }
    // "“Cats” is 100% fine" speaks of no bar.
    let isBars = candidates[0].place > unit || unit + 1 >= tokens.endIndex
      || ReceiptWords.afterPercentages.contains(word(unit + 1) ?? "")
    guard candidates.count == 1, isBars, !wasSaidOfEarlierTest(number, candidates[0].bar.category) else { return nil }
    let bar = candidates[0].bar
    let fact = L(
      "The bar of “{name}” shows {percent} %.",
      ["name": facts.name(of: bar.category), "percent": String(Int((bar.probability * 100).rounded()))])
    return contradicted(span(index, unit, candidates[0].place), fact, .bar(bar.category))
  }

  private func agrees(_ number: Double, _ bar: Prediction.Bar) -> Bool {
    abs(number - bar.probability * 100) <= Receipts.percentTolerance
  }

  private func wasSaidOfEarlierTest(_ number: Double, _ category: CategoryID) -> Bool {
    recentTests.contains { test in
      test.prediction.bars.contains { $0.category == category && agrees(number, $0) }
    }
  }

  private func categoryBehind(_ unit: Int) -> Int? {
    var place = unit + 1
    while place < tokens.endIndex, place - unit <= 6 {
      if category(place) != nil { return isListed(after: place) ? nil : place }
      guard let word = word(place), ReceiptWords.links.contains(word) else { return nil }
      place += 1
    }
    return nil
  }

  /// "“Cats” has 3 photos, 20% of all". Another share may be one of something else, so that is no mistake.
  private func share(_ number: Double, _ index: Int) -> Claim? {
    // The category may be the subject of the clause before.
    let all = clause.all
    let sentenceStart = all[..<index].lastIndex { if case .sentenceEnd = $0.kind { true } else { false } } ?? -1
    guard let place = all[..<index].lastIndex(where: { $0.category != nil }), place > sentenceStart,
      let count = facts.counts.first(where: { $0.category == all[place].category })
    else { return nil }
    let total = facts.counts.reduce(0) { $0 + $1.photos.count }
    guard total > 0, abs(number - 100 * Double(count.photos.count) / Double(total)) <= Receipts.percentTolerance
    else { return nil }
    return confirmed(span(index, index + 1, index), .photos(count.photos))
  }

  // MARK: Score and confusions

  private func score(_ number: Double, _ index: Int) -> Claim? {
    guard let score = facts.score?.score, !tokens.contains(where: { $0.category != nil }) else { return nil }
    let range = span(index, index + 1, index)
    let shows = score.mistakes.isEmpty ? nil : Highlight.photos(score.mistakes.map(\.photo))
    // The score is a figure of some dozens of photos: nobody can be held to a few per cent of it.
    return abs(number - score.share * 100) <= 3
      ? confirmed(range, shows) : contradicted(range, score.sentence, shows)
  }

  /// "right about 8 of 10", "10枚中8枚".
  func outOf(_ number: Double, _ index: Int) -> Claim? {
    guard let score = facts.score?.score, !tokens.contains(where: { $0.category != nil }) else { return nil }
    var (part, whole, end) = (number, 0.0, index)
    var next = index + 1
    if word(next) == "out" { next += 1 }
    if word(next) == "of", let all = self.number(next + 1) {
      (whole, end) = (all, next + 1)
    } else if word(index + 1) == "枚", ["中", "うち"].contains(word(index + 2) ?? "") || word(index + 3) == "うち" {
      let place = word(index + 3) == "うち" ? index + 4 : index + 3
      guard let some = self.number(place) else { return nil }
      (part, whole, end) = (some, number, place)
    } else {
      return nil
    }
    guard tokens.contains(where: { ReceiptWords.accuracy.contains($0.word ?? "") || $0.word == "right" })
    else { return nil }
    let right = whole == 10 && score.photoCount != 10
      ? (score.share * 10).rounded() : Double(score.answers.count(where: \.isRight))
    guard whole == 10 || whole == Double(score.photoCount) else { return nil }
    let range = span(index, end, index)
    let shows = score.mistakes.isEmpty ? nil : Highlight.photos(score.mistakes.map(\.photo))
    return part == right ? confirmed(range, shows) : contradicted(range, score.sentence, shows)
  }

  var speaksOfMistaking: Bool {
    tokens.contains { token in
      token.word.map { ReceiptWords.mistaking.contains($0) || ReceiptWords.mistakingJapanese.contains($0) } ?? false
    }
  }

  /// "“Cats” was taken for “Dogs”", "「猫」を「犬」と間違えました".
  func confusions() -> [Claim] {
    guard clause.isStatement, facts.score?.score != nil else { return [] }
    let places = tokens.indices.filter { tokens[$0].category != nil }
    guard places.count == 2, let a = category(places[0]), let b = category(places[1]), a != b else { return [] }
    let between = tokens[places[0]..<places[1]].compactMap(\.word)
    let behind = tokens[places[1]...].compactMap(\.word)
    guard between.contains(where: ReceiptWords.mistaking.contains)
      || behind.contains(where: ReceiptWords.mistakingJapanese.contains)
    else { return [] }
    let cells = facts.confusions.filter { cell in
      (cell.category == a && cell.answer == b) || (cell.category == b && cell.answer == a)
    }
    let range = span(places[0], places[1], places[0])
    if !cells.isEmpty { return [confirmed(range, .photos(cells.flatMap(\.photos)))] }
    let fact = L(
      "No photo of “{category}” was taken for “{answer}”.",
      ["category": facts.name(of: a), "answer": facts.name(of: b)])
    return [contradicted(range, fact, nil)]
  }
}
