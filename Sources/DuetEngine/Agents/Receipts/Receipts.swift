// Compares what an assistant says about the project with what is so. A value; any thread.
//
// The rule. A number is a claim only where its clause states something of the present (no advice, no condition, no
// negation, no "about", no question: `ReceiptWords.hedges`), and where a category, or "in total", stands beside it with
// nothing but linking words between them. A claim that agrees with the project is confirmed; one that does not is
// contradicted. Everything else is left alone: a wrong alarm is worse than a missed one.

import Foundation

struct Receipts {
  /// The most marks on one message.
  static let mostClaims = 12
  /// Percentages that differ by this much are the same, in per cent: people and models round.
  static let percentTolerance = 1.0

  let facts: ProjectFacts
  /// Answers to earlier test photos: what is said of those is no mistake.
  var recentTests: [AssistantTurn.Tested] = []

  func claims(in text: String) -> [Claim] {
    let names = ReceiptNames(facts)
    let tokens = ReceiptText(text, names: names).tokens
    var claims: [Claim] = []
    for sentence in ReceiptSentence.sentences(tokens) {
      for clause in sentence.clauses {
        let rules = ReceiptRules(facts: facts, recentTests: recentTests, clause: clause)
        claims += rules.countsAndPercentages() + rules.confusions() + rules.missing()
      }
    }
    claims += mentions(tokens, besides: claims)
    return chosen(claims)
  }

  /// Names of categories and photos: the first mention of each that no other claim shows already.
  private func mentions(_ tokens: [ReceiptToken], besides claims: [Claim]) -> [Claim] {
    var shown = Set(claims.compactMap(\.shows).map { "\($0)" })
    return tokens.compactMap { token in
      let highlight: Highlight
      switch token.kind {
      case .category(let id, isName: true): highlight = .category(id)
      case .photo(let id): highlight = id == facts.test?.photo ? .test : .photos([id])
      default: return nil
      }
      guard shown.insert("\(highlight)").inserted else { return nil }
      return Claim(lower: token.lower, upper: token.upper, verdict: .confirmed, shows: highlight)
    }
  }

  /// In the order of the text, without overlaps; of two at one place the earlier in the list stays.
  private func chosen(_ claims: [Claim]) -> [Claim] {
    var kept: [Claim] = []
    for claim in claims where kept.count < Self.mostClaims {
      if kept.allSatisfy({ claim.upper <= $0.lower || claim.lower >= $0.upper }) { kept.append(claim) }
    }
    return kept.sorted { $0.lower < $1.lower }
  }
}

/// A sentence as clauses.
struct ReceiptSentence {
  struct Clause {
    let tokens: ArraySlice<ReceiptToken>
    /// The tokens of the whole text, to look over the edge of the clause.
    let all: [ReceiptToken]
    /// It states something: it does not ask, advise, suppose, deny or estimate.
    let isStatement: Bool
  }

  var clauses: [Clause] = []

  static func sentences(_ tokens: [ReceiptToken]) -> [ReceiptSentence] {
    var sentences: [ReceiptSentence] = []
    var start = 0
    for index in 0...tokens.count {
      var isQuestion = false
      if index < tokens.count {
        guard case .sentenceEnd(let asks) = tokens[index].kind else { continue }
        isQuestion = asks
      }
      sentences.append(ReceiptSentence(tokens, start..<index, isQuestion: isQuestion))
      start = index + 1
    }
    return sentences
  }

  private init(_ all: [ReceiptToken], _ range: Range<Int>, isQuestion: Bool) {
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    for index in range {
      guard case .clauseEnd = all[index].kind else { continue }
      parts.append(start..<index)
      start = index + 1
    }
    parts.append(start..<range.upperBound)
    let first = range.first.flatMap { all[$0].word } ?? ""
    for (number, part) in parts.enumerated() where !part.isEmpty {
      let asks = isQuestion && (number == parts.count - 1 || ReceiptWords.askers.contains(first))
      let words = all[part].compactMap(\.word)
      let isOnly = words.contains("しか")
      let hedged = words.enumerated().contains { place, word in
        guard ReceiptWords.hedges.contains(word) else { return false }
        // "only 3", and "right about 3 of 10", are exact.
        if isOnly, ["ません", "ない"].contains(word) { return false }
        return !(word == "about" && place > 0 && words[place - 1] == "right")
      }
      clauses.append(Clause(tokens: all[part], all: all, isStatement: !asks && !hedged))
    }
  }
}
